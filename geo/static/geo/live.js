/*
 * Live news: one stream for the page while it is in front. Where none gets through, the log of
 * changes is asked now and then. The visitor's switch stops both, and is remembered.
 */
(function (app) {
  "use strict";

  const KEPT = "changemap-live";
  const PATIENCE = 10000; // ms until a stream that says nothing is given up
  const POLL = 3000; // ms between questions without a stream, and up to as much again
  const AGAIN = 60000; // ms until a stream is tried again
  const MOST_FAILURES = 2;
  const GAP = 2000; // ms between two refreshes of one thing
  const SPREAD = 400; // ms over which a crowd of pages spreads its questions

  const box = document.getElementById("live");
  let at = "";
  let source = null;
  let timer = 0;
  let closed = -Infinity; // when the last stream was given up
  let failures = 0; // of this stream since it was last heard

  const on = () => {
    try {
      return localStorage.getItem(KEPT) !== "off";
    } catch {
      return true; // a browser that keeps nothing
    }
  };
  const keep = (word) => {
    try {
      localStorage.setItem(KEPT, word);
    } catch {
      // It holds for this page.
    }
  };

  /* What is told: {collection: {new: [keys], joined: [...], ...}}; `anew`: read everything again. */
  function tell(news, anew = false) {
    if (anew || Object.keys(news).length) app.emit("news", { news, anew });
  }

  function heard(event) {
    app.live.open = true;
    failures = 0;
    at = event.lastEventId || at;
    clearTimeout(timer);
  }

  function open() {
    if (source || document.hidden || !on()) return;
    if (!window.EventSource || Date.now() - closed < AGAIN) {
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
      if (failures > MOST_FAILURES || source.readyState === EventSource.CLOSED) fail();
    });
  }

  function close() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
    failures = 0;
    app.live.open = false;
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
      const { at: now, changes } = await app.json(`${box.dataset.changes}?since=${at}`);
      at = now;
      const news = {};
      for (const { collection, feature, kind } of changes) {
        const told = (news[collection] ||= {});
        (told[kind] ||= []).push(feature);
      }
      tell(news);
    } catch (error) {
      if (error.status === 410) await afresh();
    }
    if (!document.hidden && on()) timer = setTimeout(open, POLL + Math.random() * POLL);
  }

  /* The log does not reach back. */
  async function afresh() {
    try {
      at = (await app.json(box.dataset.changes)).at;
      tell({}, true);
    } catch {
      // The next question comes soon.
    }
  }

  app.live = {
    open: false, // whether a stream has begun to tell
    /* Make an action that runs once for all news that come together; a busy server rests longer. */
    paced(action) {
      let [waiting, running, missed, next] = [false, false, false, 0];
      async function run() {
        const begun = performance.now();
        [waiting, running] = [false, true];
        try {
          await action();
        } catch {
          // What could not be read now is read with the next news.
        }
        next = begun + Math.max(GAP, 4 * (performance.now() - begun));
        running = false;
        if (missed) ask();
      }
      function ask() {
        missed = running;
        if (waiting || running) return;
        waiting = true;
        setTimeout(run, Math.max(0, next - performance.now()) + Math.random() * SPREAD);
      }
      return ask;
    },
    /* The numbers of pledges to which one of these things happened. */
    keys: ({ pledges = {} }, ...kinds) => kinds.flatMap((kind) => pledges[kind] || []),
  };

  if (!box) return;
  at = box.dataset.at;
  const choice = document.getElementById("live-switch");
  choice.checked = on();
  choice.addEventListener("change", () => {
    keep(choice.checked ? "on" : "off");
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
})(window.changemap);
