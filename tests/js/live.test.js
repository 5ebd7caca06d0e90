/* Live news: when a stream is given up, how the log stands in, and what lists make of it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.js";
import { givesUp, newsFromChanges, pollDelay, polls } from "../../geo/static/geo/live/stream.js";
import { keysToAsk, listFilters } from "../../pledges/static/pledges/lists/live-list.js";

test("a stream comes back twice by itself; one that is closed never does", () => {
  assert.deepEqual([1, 2, 3].map((failures) => givesUp(failures, false)), [false, false, true]);
  assert.ok(givesUp(1, true));
});

test("for a minute after that the log is asked, every three to six seconds", () => {
  assert.ok(!polls(5000, -Infinity), "no stream was given up yet");
  assert.ok(polls(69999, 10000));
  assert.ok(!polls(70000, 10000));
  assert.deepEqual([0, 0.5].map(pollDelay), [3000, 4500]);
});

test("changes of the log say the same as the stream", () => {
  const change = (collection, feature, kind) => ({ collection, feature, kind });
  const news = newsFromChanges([
    change("pledges", "7", "new"),
    change("posts", "1", "changed"),
    change("pledges", "9", "new"),
    change("pledges", "2", "gone"),
  ]);
  assert.deepEqual(news, { pledges: { new: ["7", "9"], gone: ["2"] }, posts: { changed: ["1"] } });
  assert.deepEqual(newsFromChanges([]), {});
});

test("the newest are asked about, as many as are answered at once", () => {
  const keys = new Set(Array.from({ length: 250 }, (_, n) => String(n)));
  const asked = keysToAsk(keys);
  assert.deepEqual([asked.length, asked[0], asked.at(-1)], [200, "50", "249"]);
});

test("news pass the filters of the listing, whatever its order and page", () => {
  assert.equal(String(listFilters("?theme=care&sort=joins&cursor=abc&start=2014")), "theme=care");
});
