/* Forms: the draft of a pledge, the sentence of what others will see, posts that wait. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { giveStorage } from "./page.js";
import { decide, dequeue, enqueue, field, markRefused, queued } from "../../hubs/conversation/static/conversation/post-queue.js";
import { pairsToRestore, typedPairs } from "../../pledges/static/pledges/forms/draft.js";
import { previewSentence } from "../../pledges/static/pledges/forms/visibility-preview.js";

beforeEach(() => giveStorage());

test("a draft holds what was typed, and no token", () => {
  const pairs = [["csrfmiddlewaretoken", "x"], ["text", "I will listen."], ["website", ""], ["reviewed", "1"]];
  assert.deepEqual(typedPairs(new Map(pairs)), [["text", "I will listen."]]);
});

test("a form that names an organisation keeps its place, and takes the rest of the draft", () => {
  const pairs = [["text", "Tea"], ["organisation", "Leeds"], ["show", "1"], ["chosen", "RR8"]];
  assert.deepEqual(pairsToRestore(pairs, false), pairs);
  assert.deepEqual(pairsToRestore(pairs, true), [["text", "Tea"]]);
});

const VALUES = { who: "1", i_am: "1", show: "2", team: "", display_name: "Dora", organisation: "", postcode: "ls9 7tf" };
const sentence = (values) => previewSentence({ ...VALUES, ...values });

test("others see half a postcode at most", () => {
  assert.equal(sentence({}), "Others will see: Dora who works in the NHS, somewhere in LS9.");
  assert.equal(sentence({ postcode: "LS9" }), sentence({}));
  assert.equal(sentence({ postcode: "nowhere" }), "", "until there is one");
});

test("others see an organisation, a region or no place", () => {
  const organisation = "Leeds Hospital";
  assert.equal(sentence({ show: "1", organisation }), "Others will see: Dora who works in the NHS, at Leeds Hospital.");
  assert.equal(sentence({ show: "1" }), "");
  assert.match(sentence({ show: "3", organisation }), /Dora .*, Leeds Hospital, in your region, not on the map\.$/);
  assert.match(sentence({ show: "4" }), /, not on the map\.$/);
  assert.equal(sentence({ show: undefined }), "");
});

test("others see who makes it as far as they say", () => {
  assert.match(sentence({ display_name: "", i_am: "4" }), /: someone, a member of the public,/);
  assert.match(sentence({ who: "2", team: "Ward 5" }), /: Ward 5,/);
  assert.match(sentence({ who: "2" }), /: a team,/);
  assert.match(sentence({ who: "3" }), /: the whole organisation,/);
});

const pairs = (key, text = "A bench, please.") =>
  Object.entries({ text, kind: "1", theme: "care", form_key: key, csrfmiddlewaretoken: "secret" });

test("a post waits once, without the page's token", () => {
  assert.ok(enqueue("7", pairs("a")));
  assert.ok(enqueue("7", pairs("b")));
  assert.ok(enqueue("7", pairs("a", "Two benches, please.")));
  assert.deepEqual(queued().map((post) => field(post, "form_key")), ["b", "a"]);
  assert.equal(field(queued()[1], "text"), "Two benches, please.");
  assert.ok(!JSON.stringify(queued()).includes("secret"));
});

test("a post that says nothing does not wait, nor does any where nothing is stored", () => {
  assert.ok(!enqueue("7", pairs("a", "")));
  giveStorage({ refuses: true });
  assert.ok(!enqueue("7", pairs("a")));
});

test("a post waits for seven days", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 0 });
  enqueue("7", pairs("a"));
  context.mock.timers.setTime(7 * 86400000 - 1);
  assert.equal(queued().length, 1);
  context.mock.timers.setTime(7 * 86400000);
  assert.equal(queued().length, 0);
});

test("a post that was sent leaves, one that was refused stays to be read", () => {
  enqueue("7", pairs("a"));
  enqueue("7", pairs("b"));
  const [one, other] = queued();
  markRefused(one);
  dequeue(other);
  assert.deepEqual(queued().map(({ refused }) => refused), [true]);
  assert.equal(decide(queued()[0], "7"), "wait");
});

test("what one person wrote is never sent as another's", () => {
  assert.equal(decide({ owner: "7" }, "7"), "send");
  assert.equal(decide({ owner: "7" }, "8"), "drop");
  assert.equal(decide({ owner: "7" }, ""), "wait", "signed out for now");
  assert.equal(decide({ owner: "" }, "7"), "wait");
  assert.equal(decide({ owner: "" }, ""), "send");
});
