/* A small map of the country with one point on it: in the admin, and in forms that ask for a place. */

import { fetchJson } from "../lib/http.js";
import { unpackShapes } from "./unpack.js";

const COUNTRY = [[49.8, -8.7], [60.9, 1.9]];
const LAYERS = {
  land: { fillColor: "#f6f3ec", fillOpacity: 1, color: "#b9c6cc", weight: 0.8 },
  built: { fillColor: "#d9d3c7", fillOpacity: 0.75, stroke: false },
  districts_low: { color: "#5f7387", opacity: 0.7, weight: 0.9, fill: false },
};
const DIGITS = 6; // of a degree: ten centimetres
const NEAR = 9; // the zoom at which a point that is set is looked at

/* Land first, or it would cover what came before it; the map is of use without it. */
async function baseLayer(map, renderer) {
  const requests = Object.entries(LAYERS).map(([name, style]) =>
    fetchJson(`/base/${name}.json`).then((data) => [unpackShapes(data), style]).catch(() => null),
  );
  for (const one of requests) {
    const [data, style] = (await one) || [];
    if (data) L.geoJSON(data, { pane: "base", renderer, interactive: false, style }).addTo(map);
  }
}

export function drawSmallMap(box) {
  const map = L.map(box, { attributionControl: false, minZoom: 4, maxZoom: 17, zoomSnap: 0.5 });
  map.fitBounds(COUNTRY, { animate: false });
  const pane = map.createPane("base");
  pane.style.zIndex = 150;
  pane.style.pointerEvents = "none";
  baseLayer(map, L.canvas({ pane: "base", padding: 0.4 }));
  return map;
}

export function dot(at) {
  return L.marker(at, {
    icon: L.divIcon({ className: "small-map__dot", iconSize: [18, 18] }),
    keyboard: false,
    interactive: false,
  });
}

/* A point that is set by a click, or by Enter in the middle of the map that arrow keys move. */
export function pickLocation(box, chosen) {
  const map = drawSmallMap(box);
  let marker = null;

  function mark(at, look) {
    if (marker) marker.remove();
    marker = at ? dot(at).addTo(map) : null;
    if (at && look) map.setView(at, Math.max(map.getZoom(), NEAR), { animate: false });
  }

  function set(at) {
    mark(at, false);
    chosen(at.lat.toFixed(DIGITS), at.wrap().lng.toFixed(DIGITS));
  }

  map.on("click", (event) => set(event.latlng));
  box.addEventListener("keydown", (event) => {
    // Enter on one of the map's own buttons is for the button.
    if (event.key !== "Enter" || event.target !== box) return;
    event.preventDefault(); // or the form is sent
    set(map.getCenter());
  });
  return { map, mark };
}
