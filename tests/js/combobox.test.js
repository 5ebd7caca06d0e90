/* The keys of a combobox, as the ARIA Authoring Practices have them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { keyAction } from "../../geo/static/geo/forms/combobox.js";

const OPEN = { open: true, active: -1, count: 3, typed: true };
const marked = (key, active) => keyAction(key, { ...OPEN, active }).index;

test("arrows go round, through the input itself", () => {
  assert.deepEqual([-1, 0, 1, 2].map((active) => marked("ArrowDown", active)), [0, 1, 2, -1]);
  assert.deepEqual([-1, 0, 1, 2].map((active) => marked("ArrowUp", active)), [2, -1, 0, 1]);
});

test("an arrow opens a list that is closed, or asks for one", () => {
  const closed = { ...OPEN, open: false };
  assert.deepEqual(keyAction("ArrowDown", closed), { action: "reopen" });
  assert.deepEqual(keyAction("ArrowUp", { ...closed, count: 0 }), { action: "ask" });
  assert.deepEqual(keyAction("ArrowDown", { ...closed, typed: false }), { action: "ask" });
});

test("Enter and Tab choose what is marked, and nothing else", () => {
  for (const key of ["Enter", "Tab"]) {
    assert.deepEqual(keyAction(key, { ...OPEN, active: 1 }), { action: "choose" });
    assert.equal(keyAction(key, OPEN), null, "the form is sent, or the next field reached");
    assert.equal(keyAction(key, { ...OPEN, open: false, active: 1 }), null);
  }
});

test("Escape closes an open list, and letters are the input's", () => {
  assert.deepEqual(keyAction("Escape", OPEN), { action: "close" });
  assert.equal(keyAction("Escape", { ...OPEN, open: false }), null);
  assert.equal(keyAction("a", OPEN), null);
});
