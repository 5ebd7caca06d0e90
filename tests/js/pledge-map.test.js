/* The page of the map: its filters, its list, its search and the card of the hub. */

import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.js";
import { normaliseFilters, readableQuery } from "../../pledges/static/pledges/map/filters.js";
import { distance } from "../../pledges/static/pledges/map/hub-card.js";
import { boxQuery } from "../../pledges/static/pledges/map/list.js";
import { coarse, isUnambiguous } from "../../pledges/static/pledges/map/place-search.js";

test("equal filters have equal addresses", () => {
  const one = readableQuery(normaliseFilters("?q=tea&theme=staff&theme=care&since="));
  const other = readableQuery(normaliseFilters("theme=staff%2Ccare&utm_source=x&q=tea"));
  assert.equal(one, "theme=staff,care&q=tea");
  assert.equal(other, one);
  assert.equal(readableQuery(normaliseFilters("")), "");
});

test("one organisation is one filter, and words stay words", () => {
  assert.equal(readableQuery(normaliseFilters("organisation=RTH&organisation=RJ1")), "organisation=RTH");
  assert.equal(normaliseFilters("q=a%26b%3Dc").get("q"), "a&b=c");
});

const BOUNDS = { getWest: () => -1.6, getSouth: () => 53.7, getEast: () => -1.4, getNorth: () => 53.9 };

test("the list asks for the box in view, under the filters", () => {
  assert.equal(boxQuery("", BOUNDS), "bbox=-1.60000,53.70000,-1.40000,53.90000");
  assert.match(boxQuery("theme=care", BOUNDS), /^theme=care&bbox=-1\.6/);
});

const answer = (kind) => ({ properties: { kind } });

test("one answer, or one of a kind that names one thing, leaves nothing to choose", () => {
  assert.ok(isUnambiguous([answer("place")]));
  assert.ok(isUnambiguous([answer("postcode"), answer("place")]));
  assert.ok(!isUnambiguous([answer("place"), answer("postcode")]));
});

test("the view's middle tells no street", () => {
  assert.equal(coarse(53.80671), 53.81);
  assert.equal(coarse(-1.5208), -1.52);
});

test("distances are told in miles", () => {
  assert.equal(distance(1000), "less than a mile away");
  assert.equal(distance(1700), "1 mile away");
  assert.equal(distance(1609344), "1,000 miles away");
});
