/* What posts look like on the map: a bubble of speech with their number. */
(function (app) {
  "use strict";

  const BLUE = "#003087";
  const say = (words, values) => interpolate(words, values, true);
  const posts = (n) => say(ngettext("%(n)s post", "%(n)s posts", n), { n: app.number(n) });
  const isSpot = (item) => item.alone && !item.alone.properties.bbox;

  // Wider with more digits; three dots where there is one post.
  function bubble(count) {
    const words = app.short(count);
    const half = count > 1 ? 11 + 4 * String(words).length : 15;
    const inside =
      count > 1
        ? `<text y="-1" text-anchor="middle" font-size="13" font-weight="600" fill="#fff">${words}</text>`
        : '<g fill="#fff"><circle cx="-7" cy="-5" r="2.5"/><circle cy="-5" r="2.5"/><circle cx="7" cy="-5" r="2.5"/></g>';
    return (
      `<svg width="${2 * half}" height="32" viewBox="${-half} -20 ${2 * half} 32" aria-hidden="true" focusable="false">` +
      `<path d="M${7 - half} -19h${2 * half - 14}a6 6 0 0 1 6 6V0a6 6 0 0 1-6 6H3L-4 12V6H${7 - half}a6 6 0 0 1-6-6v-13a6 6 0 0 1 6-6z"` +
      ` fill="${BLUE}" stroke="#fff" stroke-width="1.5"/>${inside}</svg>`
    );
  }

  app.faces.posts = {
    size: () => 34,
    lift: 400, // over the pledges, under events to come
    icon(item) {
      const width = item.count > 1 ? 2 * (11 + 4 * String(app.short(item.count)).length) : 30;
      return L.divIcon({ html: bubble(item.count), className: "marker marker--event", iconSize: [width, 32], iconAnchor: [width / 2, 31] });
    },
    name(item) {
      if (item.count === 1) return gettext("A post");
      const values = { posts: posts(item.count) };
      return say(isSpot(item) ? gettext("%(posts)s at one spot") : gettext("%(posts)s. Zoom in"), values);
    },
    hint(item) {
      return app.element("b", {}, item.count === 1 ? gettext("A post") : posts(item.count));
    },
    open(map, item, options) {
      if (item.alone.id !== undefined) {
        app.popup(map, item.at, app.address(options.popup, { id: item.alone.id }), 34);
        return;
      }
      app.popup(map, item.at, app.address(options.spot, { spot: item.alone.properties.spot }), 34);
    },
  };
})(window.changemap);
