/* Maps in the admin: shapes to look at, and a point to set by click, arrow keys or typed numbers. */

import { dot, drawSmallMap, pickLocation } from "../map/small-map.js";

function show(box) {
  const shape = JSON.parse(box.dataset.shape);
  const map = drawSmallMap(box);
  const layer = L.geoJSON(shape, {
    interactive: false,
    style: { color: "#005eb8", weight: 2, fillOpacity: 0.15 },
    pointToLayer: (_feature, at) => dot(at),
  }).addTo(map);
  map.fitBounds(layer.getBounds(), { animate: false, maxZoom: 10 });
}

function edit(point) {
  const [lat, lon] = [point.querySelector("[data-lat]"), point.querySelector("[data-lon]")];
  const { mark } = pickLocation(point.querySelector("[data-admin-map]"), (north, east) => {
    lat.value = north;
    lon.value = east;
  });

  function typed() {
    const at = [Number.parseFloat(lat.value), Number.parseFloat(lon.value)];
    return at.every(Number.isFinite) && Math.abs(at[0]) <= 85 && Math.abs(at[1]) <= 180 ? at : null;
  }

  for (const input of [lat, lon]) input.addEventListener("change", () => mark(typed(), true));
  mark(typed(), true);
}

for (const point of document.querySelectorAll("[data-admin-point]")) edit(point);
for (const box of document.querySelectorAll("[data-admin-map][data-shape]")) show(box);
