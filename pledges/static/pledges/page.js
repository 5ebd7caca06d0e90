/* Put the page together: what belongs to the map's edge, and what is said of the view. */
(function (app) {
  "use strict";

  const say = (words, values) => interpolate(words, values, true);

  /* A part of the map that failed: say so once, and offer to try again. */
  function failures() {
    const box = document.getElementById("message");
    const words = document.getElementById("message-words");
    app.on("tiles-failed", ({ error }) => {
      const told = error instanceof app.Refused && error.message;
      words.textContent = told || gettext("A part of the map could not be loaded.");
      box.hidden = false;
    });
    document.getElementById("message-button").addEventListener("click", () => {
      box.hidden = true;
      app.emit("again");
    });
  }

  /* Say what is in view, for those who do not see it, once list and map have both come to rest. */
  function spoken(parts) {
    let leading = null;
    let listed = "";
    const tell = () => {
      if (!listed) return;
      const values = { listed, theme: leading ? leading.name : "" };
      app.announce(leading ? say(gettext("%(listed)s, mostly %(theme)s"), values) : listed);
    };
    app.on("drawn", ({ name, items }) => {
      if (name !== "pledges") return;
      const sums = {};
      for (const { parts: counts } of items) {
        for (const [slug, n] of Object.entries(counts)) sums[slug] = (sums[slug] || 0) + n;
      }
      leading = app.leading(sums, parts);
      tell();
    });
    app.on("listed", ({ words }) => {
      listed = words;
      tell();
    });
  }

  function key() {
    const room = window.matchMedia("(min-width: 60rem) and (min-height: 34rem)").matches;
    document.getElementById("key").open = room;
  }

  /* An area that was chosen comes into view. */
  async function toArea(map, code) {
    try {
      const bounds = await app.areaBounds(code);
      if (bounds) map.fitBounds(bounds, { animate: app.moves(), ...app.view.padding() });
    } catch {
      // The failed file was told of already; the filter works without the view.
    }
  }

  app.pledgePage = function (map, { addresses, parts }) {
    key();
    failures();
    spoken(parts);
    app.filters.start(addresses);
    app.summary(addresses);
    app.list(map, addresses);
    app.search(map, addresses);
    app.hub(addresses);
    app.drawer();
    app.liveMap(map, addresses);
    app.on("area", (code) => toArea(map, code));
    document.documentElement.classList.add("is-ready");
  };
})(window.changemap);
