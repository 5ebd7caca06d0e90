/*
 * Live news: one stream for the page while it is in front. Where none gets through, the log of
 * changes is asked now and then. The visitor's switch stops both, and is remembered.
 */

import { publish } from "../lib/events.js";
import { fetchJson } from "../lib/http.js";
import { readStored, store } from "../lib/storage.js";

const SWITCH = "changemap-live"; // what the visitor's choice is stored under
const PATIENCE = 10000; // ms until a stream that says nothing is given up
const POLL = 3000; // ms between questions without a stream, and up to as much again
const RETRY = 60000; // ms until a stream is tried again
const MOST_FAILURES = 2;

let box = null;
let at = "";
let source = null;
let timer = 0;
let closed = -Infinity; // when the last stream was given up
let failures = 0; // of this stream since it was last heard

/* Whether a stream that failed so often is given up; one that is closed never comes back. */
export const givesUp = (count, isClosed) => isClosed || count > MOST_FAILURES;

/* Whether the log is asked, as the last stream was given up not long ago. */
export const polls = (now, lastClosed) => now - lastClosed < RETRY;

/* ms until the log is asked again, for a random number below 1: not all pages at once. */
export const pollDelay = (random) => POLL + random * POLL;

/* Changes of the log as a stream tells them: {collection: {new: [keys], joined: [...], ...}} */
export function newsFromChanges(changes) {
  const news = {};
  for (const { collection, feature, kind } of changes) {
    const told = (news[collection] ||= {});
    (told[kind] ||= []).push(feature);
  }
  return news;
}

const isOn = () => readStored(SWITCH) !== "off";

/* With `reset`, everything is to be read again. */
function tell(news, reset = false) {
  if (reset || Object.keys(news).length) publish("news", { news, reset });
}

function heard(event) {
  box.dataset.state = "open";
  failures = 0;
  at = event.lastEventId || at;
  clearTimeout(timer);
}

function open() {
  if (source || document.hidden || !isOn()) return;
  if (!window.EventSource || polls(Date.now(), closed)) {
    poll();
    return;
  }
  source = new EventSource(`${box.dataset.stream}?since=${at}`);
  timer = setTimeout(fail, PATIENCE);
  source.addEventListener("hello", heard);
  source.addEventListener("news", (event) => {
    heard(event);
    tell(JSON.parse(event.data));
  });
  source.addEventListener("reset", (event) => {
    heard(event);
    tell({}, true);
  });
  // A stream that broke off comes back by itself, with the id of what it heard last.
  source.addEventListener("error", () => {
    failures += 1;
    if (givesUp(failures, source.readyState === EventSource.CLOSED)) fail();
  });
}

function close() {
  clearTimeout(timer);
  if (source) source.close();
  source = null;
  failures = 0;
  box.dataset.state = "closed";
}

function fail() {
  close();
  closed = Date.now();
  open();
}

/* Ask what has changed, as a mirror does. */
async function poll() {
  clearTimeout(timer);
  try {
    const { at: now, changes } = await fetchJson(`${box.dataset.changes}?since=${at}`);
    at = now;
    tell(newsFromChanges(changes));
  } catch (error) {
    if (error.status === 410) await startAgain();
  }
  if (!document.hidden && isOn()) timer = setTimeout(open, pollDelay(Math.random()));
}

/* The log does not reach back. */
async function startAgain() {
  try {
    at = (await fetchJson(box.dataset.changes)).at;
    tell({}, true);
  } catch {
    // The next question comes soon.
  }
}

/* Listen, where the page has the switch; `data-state` of its box is "open" while a stream tells. */
export function startStream() {
  box = document.getElementById("live");
  if (!box) return;
  at = box.dataset.at;
  const choice = document.getElementById("live-switch");
  choice.checked = isOn();
  choice.addEventListener("change", () => {
    store(SWITCH, choice.checked ? "on" : "off");
    if (choice.checked) open();
    else close();
  });
  box.hidden = false;
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  // A page that the back button may bring back holds no stream meanwhile.
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => event.persisted && open());
  // Once everything on the page that wants to hear is there.
  document.addEventListener("DOMContentLoaded", open);
}
