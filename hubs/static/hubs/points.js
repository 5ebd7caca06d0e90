/* Hubs at their places: markers that lead to their pages. */
(function (app) {
  "use strict";

  const SIGN =
    '<svg viewBox="0 0 36 36" width="28" height="28" aria-hidden="true" focusable="false">' +
    '<path fill="#003087" stroke="#fff" stroke-width="2" d="M18 2 34 15v18H2V15Z"/>' +
    '<path fill="#fff" d="M13 33V22h10v11zM12 16h12v3H12z"/></svg>';

  function marker({ geometry, properties }, page) {
    const path = app.address(page, properties);
    const [longitude, latitude] = geometry.coordinates;
    const icon = L.divIcon({ className: "marker marker--hub", html: SIGN, iconSize: [28, 28], iconAnchor: [14, 26] });
    const made = L.marker([latitude, longitude], { icon, riseOnHover: true, alt: "" });
    made.bindTooltip(app.element("span", {}, properties.name), { direction: "top", offset: [0, -24] });
    made.on("add", () => {
      const element = made.getElement();
      element.setAttribute("role", "link");
      element.setAttribute("aria-label", properties.name);
      if (path === location.pathname) element.setAttribute("aria-current", "page");
    });
    made.on("click", () => {
      if (path !== location.pathname) location.assign(path);
    });
    return made;
  }

  /* The wheel moves the page until the map is what somebody works with. */
  function politely(map) {
    map.scrollWheelZoom.disable();
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
  }

  app.hubPoints = async function (map, { hubs, page }) {
    politely(map);
    const { features } = await app.json(hubs);
    const placed = features.filter((one) => one.geometry);
    L.layerGroup(placed.map((one) => marker(one, page))).addTo(map);
    map.getContainer().classList.add("is-ready");
  };
})(window.changemap);
