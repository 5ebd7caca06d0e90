/* Hubs on a map: a dot for each and, where areas are given, the areas that they look after. */

import { createElement } from "../geo/lib/dom.js";
import { publish } from "../geo/lib/events.js";
import { fetchJson, fillUrl } from "../geo/lib/http.js";
import { keepClear } from "../geo/map/labels.js";
import { wheelOnFocusOnly } from "../geo/map/map.js";
import { unpackShapes } from "../geo/map/unpack.js";

const DOT = { radius: 6, color: "#fff", weight: 2, fillColor: "#003087", fillOpacity: 1 };
// Nothing is seen of an area until the pointer is over it.
const AREA = { color: "#003087", weight: 0, fillColor: "#003087", fillOpacity: 0 };

const open = (path) => () => {
  if (path !== location.pathname) location.assign(path);
};

function dot({ geometry, properties }, page, renderer) {
  const [longitude, latitude] = geometry.coordinates;
  return L.circleMarker([latitude, longitude], { ...DOT, renderer })
    .bindTooltip(createElement("span", {}, properties.name), { direction: "top", offset: [0, -6] })
    .on("click", open(fillUrl(page, properties)));
}

const around = ({ x, y }) => [x - DOT.radius, y - DOT.radius, x + DOT.radius, y + DOT.radius];

function area(feature, hub, page, renderer) {
  const layer = L.geoJSON(feature, { renderer, style: AREA });
  return layer
    .bindTooltip(createElement("span", {}, hub.name), { sticky: true })
    .on("click", open(fillUrl(page, hub)))
    .on("mouseover", () => layer.setStyle({ weight: 2, fillOpacity: 0.15 }))
    .on("mouseout", () => layer.setStyle(AREA));
}

export async function hubPoints(map, { hubs, page, areas }) {
  wheelOnFocusOnly(map);
  const [{ features }, shapes] = await Promise.all([
    fetchJson(hubs),
    areas ? fetchJson(areas).then(unpackShapes) : [],
  ]);
  const renderer = L.canvas({ padding: 0.4 });
  for (const shape of shapes) {
    const hub = features.find(({ properties }) => properties.areas.includes(shape.properties.code));
    if (hub) area(shape, hub.properties, page, renderer).addTo(map);
  }
  const dots = features.filter((one) => one.geometry).map((hub) => dot(hub, page, renderer).addTo(map));
  // Names of regions make room.
  keepClear(() => dots.map((one) => around(map.latLngToContainerPoint(one.getLatLng()))));
  publish("markers-drawn", { name: "hubs", items: [] });
  map.getContainer().classList.add("is-ready");
}
