/* What live news mean to lists of pledges: how many are new, and what has changed in those shown. */
(function (app) {
  "use strict";

  const MOST = 200; // pledges asked about at once

  const say = (words, values) => interpolate(words, values, true);

  /* New pledges that the reader has not been shown: numbers, and a line that offers them. */
  const PLEDGES = {
    what: "pledges",
    some: (n) => ngettext("%(n)s new pledge", "%(n)s new pledges", n),
    most: gettext("%(n)s+ new pledges"),
    many: gettext("Many new pledges"),
  };
  app.unseen = function (address, show, says = PLEDGES) {
    const line = document.getElementById("live-news");
    let waiting = new Set();
    let found = [];

    function tell() {
      const n = found.length;
      if (!n) {
        line.replaceChildren();
        return;
      }
      const many = waiting.size > MOST;
      const words = many
        ? say(says.most, { n: app.number(n) })
        : say(says.some(n), { n: app.number(n) });
      const button = line.querySelector("button");
      if (button) button.textContent = words;
      else {
        const attributes = { type: "button", class: "live__button", click: show };
        line.replaceChildren(app.element("button", attributes, words));
      }
    }

    return {
      /* Ask which of the waiting ones are public and pass the filters; answer them all. */
      async look(query) {
        if (!waiting.size) return [];
        const asked = new URLSearchParams(query);
        asked.set("ids", [...waiting].slice(-MOST).join(","));
        found = (await app.json(`${address}?${asked}`))[says.what];
        tell();
        return found;
      },
      /* More than anybody listed. */
      many() {
        const attributes = { type: "button", class: "live__button", click: show };
        line.replaceChildren(app.element("button", attributes, says.many));
      },
      add: (keys) => keys.forEach((key) => waiting.add(key)),
      drop: (keys) => keys.forEach((key) => waiting.delete(key)),
      clear() {
        waiting = new Set();
        found = [];
        tell();
      },
    };
  };

  const item = (place, key, path) => {
    const link = place.querySelector(`.pledge-item__text a[href$="${path}${Number(key)}/"]`);
    return link && link.closest("li");
  };

  /* Whether one of these pledges is in the list. */
  app.inList = (place, keys, path = "/pledges/") => keys.some((key) => item(place, key, path));

  /* Put the pledges of a list that was read again in the place of those shown; nothing moves. */
  app.renew = function (place, fresh, keys, path = "/pledges/") {
    for (const key of keys) {
      const [shown, now] = [item(place, key, path), item(fresh, key, path)];
      if (!shown || !now || shown.isEqualNode(now)) continue;
      if (!shown.contains(document.activeElement)) shown.replaceChildren(...now.childNodes);
    }
  };
})(window.changemap);
