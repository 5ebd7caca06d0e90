/*
 * What the map shows: its place, zoom and layers, which are written into the page's address
 * (#map=7/52.4000/-1.5000&layers=pledges), the room at its edges, and the page's filters.
 */

import { publish, subscribe } from "../lib/events.js";
import { debounce } from "../lib/timing.js";

const MAP = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;
const layers = new Map(); // name -> {shown, normal, toggle}
let measure = () => ({});
let filters = () => new URLSearchParams();
let written = "";
let rest = ""; // the view that home() gave; empty once the visitor has been elsewhere

/* What an address's hash asks for: { place: {zoom, at} or null, layers: names or null }. */
export function parseHash(hash) {
  const words = new URLSearchParams(hash.slice(1));
  const parts = MAP.exec(words.get("map") || "");
  const found = { place: null, layers: null };
  if (parts && Math.abs(parts[2]) <= 85 && Math.abs(parts[3]) <= 180) {
    found.place = { zoom: Number(parts[1]), at: [Number(parts[2]), Number(parts[3])] };
  }
  if (words.has("layers")) found.layers = words.get("layers").split(",").filter(Boolean);
  return found;
}

/* The other way; `shown` are names of layers, or null where they are as at first. */
export function formatHash(zoom, { lat, lng }, shown) {
  const hash = `#map=${Number(zoom.toFixed(2))}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
  return shown ? `${hash}&layers=${shown.join(",")}` : hash;
}

const read = () => parseHash(location.hash);

function write(map) {
  const all = [...layers.entries()];
  const changed = all.some(([, layer]) => layer.shown !== layer.normal);
  const shown = changed ? all.filter(([, layer]) => layer.shown).map(([name]) => name) : null;
  const hash = formatHash(map.getZoom(), map.getCenter(), shown);
  written = hash;
  // Moving about is not a page each: the back button leads to where the visitor came from.
  if (location.hash !== hash) {
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  }
}

function apply(map) {
  const { place, layers: chosen } = read();
  if (place) map.setView(place.at, place.zoom, { animate: false });
  else home(map);
  for (const [name, layer] of layers) {
    show(name, chosen ? chosen.includes(name) : layer.normal);
  }
}

function show(name, shown) {
  const layer = layers.get(name);
  if (layer.shown === shown) return;
  layer.shown = shown;
  layer.toggle(shown);
  document
    .querySelectorAll(`[data-layer="${name}"]`)
    .forEach((box) => (box.checked = shown));
}

/* The page's filters as URLSearchParams, for everything that shows what passes them. */
export const filterQuery = () => filters();
export function setFilterQuery(source) {
  filters = source;
}

/*
 * Room at the map's edges that other things cover: {paddingBottomRight: [x, y], ...}; `beside`
 * is what lies over the right edge, which popups keep clear of and the view need not.
 */
export const padding = () => measure();
export function setPadding(source) {
  measure = source;
}

export function home(map) {
  // A quarter step fills the screen better; from there on zooming goes by whole steps.
  map.options.zoomSnap = 0.25;
  map.fitBounds(map.home, { animate: false, ...padding() });
  map.options.zoomSnap = 1;
  rest = `${map.getZoom()} ${map.getCenter()}`;
}

/* A map that is a part of a page leaves the page's address alone. */
export function start(map) {
  const { addressed } = map.options;
  const { place } = addressed ? read() : {};
  written = location.hash;
  if (place) map.setView(place.at, place.zoom);
  else home(map);
  if (addressed) {
    map.on("moveend", debounce(150, () => write(map)));
    window.addEventListener("popstate", () => {
      if (location.hash !== written) apply(map);
    });
    subscribe("layer-toggled", () => write(map));
  }
  // Banners wrap, sheets open, phones turn: what was the whole country stays it.
  new ResizeObserver(() => {
    const atHome = rest === `${map.getZoom()} ${map.getCenter()}`;
    map.invalidateSize({ animate: false });
    if (atHome) home(map);
  }).observe(map.getContainer());
}

/* Register a layer that can be switched; `normal` says whether it is shown at first. */
export function addLayer(name, normal, toggle) {
  const { layers: chosen } = read();
  const shown = chosen ? chosen.includes(name) : normal;
  layers.set(name, { shown, normal, toggle });
  toggle(shown);
  for (const box of document.querySelectorAll(`[data-layer="${name}"]`)) {
    box.checked = shown;
    box.addEventListener("change", () => {
      show(name, box.checked);
      publish("layer-toggled", name);
    });
  }
}
