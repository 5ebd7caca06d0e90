/* What every script of the map needs: elements, requests, numbers, announcements, the map. */
window.changemap = window.changemap || {};
(function (app) {
  "use strict";

  app.events = new EventTarget();
  app.emit = (name, detail) => app.events.dispatchEvent(new CustomEvent(name, { detail }));
  app.on = (name, handler) => app.events.addEventListener(name, (event) => handler(event.detail));

  const CLOSE = 12; // zoom from which there is room for names beside markers

  /* The filters of the page, for everything that shows what passes them; a page sets its own. */
  app.query = () => new URLSearchParams();

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  app.moves = () => !calm.matches;

  /* Make an element; strings among the children become text, never HTML. */
  app.element = function (name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) {
        made.setAttribute(key, value);
      }
    }
    made.append(...children);
    return made;
  };

  app.number = (n) => n.toLocaleString(document.documentElement.lang || "en-GB");

  app.later = function (milliseconds, action) {
    let timer = 0;
    return function (...given) {
      clearTimeout(timer);
      timer = setTimeout(() => action.apply(this, given), milliseconds);
    };
  };

  /* An answer that is not 2xx; `description` is what our own errors say of themselves. */
  app.Refused = class extends Error {
    constructor(status, description) {
      super(description);
      this.status = status;
    }
  };

  async function request(address, headers, signal, cache = "default") {
    const response = await fetch(address, { headers, signal, cache, credentials: "same-origin" });
    if (response.ok) return response;
    const json = (response.headers.get("Content-Type") || "").includes("json");
    const answer = json ? await response.json() : {};
    throw new app.Refused(response.status, answer.description || "");
  }

  app.json = async (address, signal, cache) =>
    (
      await request(address, { Accept: "application/geo+json, application/json" }, signal, cache)
    ).json();

  /* A piece of HTML from our own server, where templates escaped what people wrote. */
  app.fragment = async function (address, signal) {
    const response = await request(address, { "X-Fragment": "1" }, signal);
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    return template.content;
  };

  app.dropped = (error) => error.name === "AbortError";

  /* Fill {name} in an address. */
  app.address = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));

  /* Say it to screen readers; the words change once things have come to rest. */
  const announcer = () => document.getElementById("announcer");
  app.announce = app.later(600, (words) => {
    if (announcer()) announcer().textContent = words;
  });

  app.map = function (id, options, bounds) {
    const map = L.map(id, {
      ...options,
      zoomAnimation: app.moves(),
      fadeAnimation: app.moves(),
      markerZoomAnimation: app.moves(),
      inertia: app.moves(),
    });
    // Arrow keys and popups pan too.
    const panBy = map.panBy;
    map.panBy = (offset, choices) => panBy.call(map, offset, { animate: app.moves(), ...choices });
    map.home = L.latLngBounds(bounds);
    L.control
      .zoom({
        position: "bottomright",
        zoomInTitle: gettext("Zoom in"),
        zoomOutTitle: gettext("Zoom out"),
      })
      .addTo(map);
    L.control.scale({ position: "bottomleft", maxWidth: 90, metric: false }).addTo(map);
    // A marker that is given the focus outside the view must not scroll the container.
    map.getContainer().addEventListener("scroll", (event) => {
      event.target.scrollTop = event.target.scrollLeft = 0;
    });
    app.view.start(map);
    const close = () => map.getContainer().classList.toggle("is-close", map.getZoom() >= CLOSE);
    map.on("zoomend", close);
    close();
    return map;
  };
})(window.changemap);
