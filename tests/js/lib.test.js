/* What all scripts share: addresses, numbers, words, time and storage. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";

import { giveStorage } from "./page.js";
import { publish, subscribe } from "../../geo/static/geo/lib/events.js";
import { formatMessage, formatNumber, shortNumber } from "../../geo/static/geo/lib/format.js";
import { roundedPosition } from "../../geo/static/geo/lib/geolocation.js";
import { HttpError, fillUrl, isAborted, withQuery } from "../../geo/static/geo/lib/http.js";
import { readStored, removeStored, store } from "../../geo/static/geo/lib/storage.js";
import { restAfter, throttle } from "../../geo/static/geo/lib/timing.js";

test("an address is filled, and what is filled in cannot leave its place", () => {
  assert.equal(fillUrl("/tiles/{z}/{x}/{y}.json", { z: 7, x: 63, y: 41 }), "/tiles/7/63/41.json");
  assert.equal(fillUrl("/hubs/{slug}/", { slug: "../admin?x" }), "/hubs/..%2Fadmin%3Fx/");
});

test("a query string is put behind an address unless it is empty", () => {
  assert.equal(withQuery("/pledges/", new URLSearchParams({ theme: "care" })), "/pledges/?theme=care");
  assert.equal(withQuery("/pledges/", new URLSearchParams()), "/pledges/");
  assert.equal(withQuery("/pledges/", ""), "/pledges/");
});

test("an error knows its status, and a request that was given up is no failure", () => {
  const error = new HttpError(503, "Try again soon.");
  assert.deepEqual([error.status, error.message], [503, "Try again soon."]);
  assert.ok(isAborted(new DOMException("", "AbortError")));
  assert.ok(!isAborted(error));
});

test("numbers on markers stay short", () => {
  assert.equal(formatNumber(1234567), "1,234,567");
  const numbers = [1, 9999, 10000, 12499, 999499, 999500, 1234567, 9949999, 9950000, 31400000];
  const shown = ["1", "9,999", "10k", "12k", "999k", "1.0m", "1.2m", "9.9m", "10m", "31m"];
  assert.deepEqual(numbers.map(shortNumber), shown);
});

test("named places of a text are filled", () => {
  assert.equal(formatMessage("%(n)s of %(all)s", { n: 2, all: 5 }), "2 of 5");
});

test("a position is told to a hundred metres", () => {
  const told = roundedPosition({ latitude: 53.80671, longitude: -1.5208 });
  assert.deepEqual(told, { lat: "53.807", lon: "-1.521" });
});

test("subscribers hear what is published, with its detail", () => {
  const heard = [];
  subscribe("place-chosen", (detail) => heard.push(detail));
  publish("place-chosen", { kind: "postcode" });
  publish("news", {});
  assert.deepEqual(heard, [{ kind: "postcode" }]);
});

test("a busy server rests longer between two looks", () => {
  assert.equal(restAfter(10), 2000);
  assert.equal(restAfter(500), 2000);
  assert.equal(restAfter(1500), 6000);
});

test("a throttled action runs once for calls that come together, and again for one meanwhile", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let runs = 0;
  let finish;
  const call = throttle(() => {
    runs += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  call();
  call();
  context.mock.timers.tick(400);
  assert.equal(runs, 1);
  call();
  call();
  context.mock.timers.tick(10000);
  assert.equal(runs, 1, "never twice at a time");
  finish();
  await setImmediate();
  context.mock.timers.tick(10000);
  assert.equal(runs, 2);
});

test("what is stored is read until it is removed", () => {
  giveStorage();
  assert.equal(readStored("draft"), null);
  store("draft", "words");
  assert.equal(readStored("draft"), "words");
  removeStored("draft");
  assert.equal(readStored("draft"), null);
});

test("a browser that refuses its storage stores nothing and breaks nothing", () => {
  giveStorage({ refuses: true });
  store("draft", "words");
  assert.equal(readStored("draft"), null);
});
