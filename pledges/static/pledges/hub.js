/* The card of the visitor's hub, once a place is known. */
(function (app) {
  "use strict";

  const say = (words, values) => interpolate(words, values, true);
  const METRES_A_MILE = 1609.344;

  function far(metres) {
    const miles = metres / METRES_A_MILE;
    if (miles < 1) return gettext("less than a mile away");
    const shown = Math.round(miles);
    return say(ngettext("%(n)s mile away", "%(n)s miles away", shown), { n: app.number(shown) });
  }

  function card({ containing, nearest }, page) {
    const own = containing || nearest;
    const { name, welcome, email, place } = own.properties;
    const link = app.element("a", { href: app.address(page, own.properties) }, name);
    const same = own.id === nearest.id;
    const where = same
      ? say(gettext("In %(place)s, %(far)s"), { place, far: far(nearest.properties.distance_m) })
      : say(gettext("In %(place)s"), { place });
    const also = { name: nearest.properties.name, far: far(nearest.properties.distance_m) };
    return [
      app.element("h2", { class: "hub-card__title" }, link),
      app.element("p", { class: "hub-card__where" }, where),
      ...(welcome ? [app.element("p", {}, welcome)] : []),
      app.element("p", {}, app.element("a", { href: `mailto:${email}` }, email)),
      ...(same ? [] : [app.element("p", {}, say(gettext("Nearer to you: %(name)s, %(far)s."), also))]),
    ];
  }

  app.hub = function ({ hub, hubPage }) {
    const place = document.getElementById("hub");
    let asked = null;

    async function show({ at, postcode }) {
      if (asked) asked.abort();
      asked = new AbortController();
      try {
        const point = `lat=${at.lat.toFixed(3)}&lon=${at.lng.toFixed(3)}`;
        const query = postcode ? `postcode=${encodeURIComponent(postcode)}` : point;
        place.replaceChildren(...card(await app.json(`${hub}?${query}`, asked.signal), hubPage));
        place.hidden = false;
      } catch (error) {
        if (app.dropped(error)) return;
        const again = { type: "button", class: "link-button", click: () => show({ at, postcode }) };
        place.replaceChildren(
          app.element("p", {}, gettext("Your nearest hub could not be found just now."), " "),
          app.element("button", again, gettext("Try again")),
        );
        place.hidden = false;
      }
    }
    app.on("place", show);
  };
})(window.changemap);
