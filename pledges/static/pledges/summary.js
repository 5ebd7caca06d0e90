/* The numbers: beside each filter, and the line in which what is on the map and what is not add up. */
(function (app) {
  "use strict";

  const say = (words, values) => interpolate(words, values, true);

  function facets(numbers) {
    for (const place of document.querySelectorAll("[data-facet]")) {
      const counts = (numbers.facets || {})[place.dataset.facet];
      place.textContent = counts ? app.number(counts[place.dataset.value] || 0) : "";
    }
  }

  function total(numbers, away) {
    const line = document.getElementById("total");
    if (numbers.total === null) {
      const words = gettext("More than %(n)s pledges match. Add a filter to see them on the map.");
      line.textContent = say(words, { n: app.number(numbers.more_than) });
      return;
    }
    const off = numbers.not_on_map.region + numbers.not_on_map.none;
    const words = app.filters.string();
    line.replaceChildren(
      app.element("b", {}, app.number(numbers.total)),
      ` ${ngettext("pledge", "pledges", numbers.total)} = `,
      say(gettext("%(n)s on the map"), { n: app.number(numbers.on_map) }),
      " + ",
      app.element(
        "a",
        { href: away + (words ? `?${words}` : ""), "data-drawer": true },
        say(gettext("%(n)s not on the map"), { n: app.number(off) }),
      ),
    );
  }

  app.summary = function ({ summary, away }) {
    let asked = null;
    async function load() {
      if (asked) asked.abort();
      asked = new AbortController();
      const words = app.filters.string();
      try {
        const numbers = await app.json(summary + (words ? `?${words}` : ""), asked.signal);
        facets(numbers);
        total(numbers, away);
      } catch (error) {
        if (!app.dropped(error)) app.emit("tiles-failed", { error });
      }
    }
    app.on("filters", load);
    app.on("again", load);
    app.on("fresh", load);
  };
})(window.changemap);
