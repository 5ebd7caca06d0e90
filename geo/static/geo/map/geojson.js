/* The features of one address of the API, drawn as they are; each leads to its own page. */

import { createElement } from "../lib/dom.js";
import { fetchJson } from "../lib/http.js";

const SHAPE = { color: "#003087", weight: 2, fillColor: "#005eb8", fillOpacity: 0.15 };
const POINT = { ...SHAPE, radius: 8, fillOpacity: 0.85, color: "#fff" };

const title = (feature) => String(feature.properties.name || feature.properties.text || feature.id);

function popup(feature) {
  const address = feature.properties.url;
  return address ? createElement("a", { href: address }, title(feature)) : title(feature);
}

export async function geojson(map, options) {
  const data = await fetchJson(options.address);
  const layer = L.geoJSON(data, {
    style: SHAPE,
    pointToLayer: (feature, at) => L.circleMarker(at, POINT),
    onEachFeature: (feature, drawn) => drawn.bindPopup(() => createElement("p", {}, popup(feature))),
  }).addTo(map);
  if (layer.getBounds().isValid()) {
    map.fitBounds(layer.getBounds(), { padding: [24, 24], maxZoom: 13, animate: false });
  }
}
