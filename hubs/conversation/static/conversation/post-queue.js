/* Posts that wait on this device until there is a network, for seven days at most. */

import { readStored, removeStored, store } from "../geo/lib/storage.js";

const QUEUE = "changemap.posts";
const DAYS = 7;
const OURS = ["csrfmiddlewaretoken", "website", "reviewed"]; // the page's own, not what was typed
const NEEDED = ["text", "kind", "theme", "form_key"];

/* A field of a queued post. */
export const field = (post, name) => new URLSearchParams(post.pairs).get(name);

const isSame = (one, other) => field(one, "form_key") === field(other, "form_key");

/* All that wait: {at, owner, pairs, refused?} each. */
export function queued() {
  const oldest = Date.now() - DAYS * 86400000;
  return JSON.parse(readStored(QUEUE) || "[]").filter((post) => post.at > oldest);
}

/* Write the queue; false where the browser stores nothing. */
export function writeQueue(posts) {
  if (posts.length) store(QUEUE, JSON.stringify(posts));
  else removeStored(QUEUE);
  return queued().length === posts.length;
}

export const dequeue = (post) => writeQueue(queued().filter((other) => !isSame(other, post)));

export const markRefused = (post) =>
  writeQueue(queued().map((other) => (isSame(other, post) ? { ...other, refused: true } : other)));

/* Put a form's pairs into the queue, once for each form key; false where that is of no use. */
export function enqueue(owner, entries) {
  const pairs = [...entries].filter(([name]) => !OURS.includes(name));
  if (!NEEDED.every((needed) => pairs.some(([name, value]) => name === needed && value))) return false;
  const post = { at: Date.now(), owner, pairs };
  return writeQueue([...queued().filter((other) => !isSame(other, post)), post]);
}

/*
 * What becomes of a queued post when `owner` is signed in: "send"; "drop", as what somebody else
 * wrote on this device is not theirs to see or send; or "wait".
 */
export function decide(post, owner) {
  if (post.owner && owner && post.owner !== owner) return "drop";
  return post.owner !== owner || post.refused ? "wait" : "send";
}
