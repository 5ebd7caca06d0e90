/* Maps in the admin: shapes to look at, and a point to set by click, arrow keys or typed numbers. */
(function (app) {
  "use strict";

  const COUNTRY = [[49.8, -8.7], [60.9, 1.9]];
  const GROUND = {
    land: { fillColor: "#f6f3ec", fillOpacity: 1, color: "#b9c6cc", weight: 0.8 },
    built: { fillColor: "#d9d3c7", fillOpacity: 0.75, stroke: false },
    districts_low: { color: "#5f7387", opacity: 0.7, weight: 0.9, fill: false },
  };
  const DIGITS = 6; // of a degree: ten centimetres

  function draw(box) {
    const map = L.map(box, { attributionControl: false, minZoom: 4, maxZoom: 17, zoomSnap: 0.5 });
    map.fitBounds(COUNTRY, { animate: false });
    const pane = map.createPane("ground");
    pane.style.zIndex = 150;
    pane.style.pointerEvents = "none";
    const renderer = L.canvas({ pane: "ground", padding: 0.4 });
    for (const [name, style] of Object.entries(GROUND)) {
      app.json(`/base/${name}.json`)
        .then((data) => L.geoJSON(app.unpack(data), { pane: "ground", renderer, interactive: false, style }).addTo(map))
        .catch(() => {}); // the map is of use without its ground
    }
    return map;
  }

  function dot(at) {
    return L.marker(at, {
      icon: L.divIcon({ className: "admin-map__dot", iconSize: [18, 18] }),
      keyboard: false,
      interactive: false,
    });
  }

  function show(box) {
    const shape = JSON.parse(box.dataset.shape);
    const map = draw(box);
    const layer = L.geoJSON(shape, {
      interactive: false,
      style: { color: "#005eb8", weight: 2, fillOpacity: 0.15 },
      pointToLayer: (_feature, at) => dot(at),
    }).addTo(map);
    map.fitBounds(layer.getBounds(), { animate: false, maxZoom: 10 });
  }

  function edit(point) {
    const box = point.querySelector("[data-admin-map]");
    const [lat, lon] = [point.querySelector("[data-lat]"), point.querySelector("[data-lon]")];
    const map = draw(box);
    let marker = null;

    function typed() {
      const at = [Number.parseFloat(lat.value), Number.parseFloat(lon.value)];
      return at.every(Number.isFinite) && Math.abs(at[0]) <= 85 && Math.abs(at[1]) <= 180 ? at : null;
    }

    function mark(look) {
      const at = typed();
      if (marker) marker.remove();
      marker = at ? dot(at).addTo(map) : null;
      if (at && look) map.setView(at, Math.max(map.getZoom(), 9), { animate: false });
    }

    function set(at) {
      lat.value = at.lat.toFixed(DIGITS);
      lon.value = at.wrap().lng.toFixed(DIGITS);
      mark(false);
    }

    map.on("click", (event) => set(event.latlng));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // or the form is sent
      set(map.getCenter());
    });
    for (const input of [lat, lon]) input.addEventListener("change", () => mark(true));
    mark(true);
  }

  function start() {
    for (const point of document.querySelectorAll("[data-admin-point]")) edit(point);
    for (const box of document.querySelectorAll("[data-admin-map][data-shape]")) show(box);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})(window.changemap);
