/* Names of regions, districts and towns: as many as fit without touching, the largest first. */

import { createElement } from "../lib/dom.js";
import { subscribe } from "../lib/events.js";
import { fetchJson } from "../lib/http.js";

// zoom -> [smallest population of a town named, most towns in view]
const TOWNS = {
  4: [900000, 6], 5: [420000, 10], 6: [240000, 18], 7: [120000, 24], 8: [60000, 34],
  9: [25000, 44], 10: [9000, 54], 11: [3000, 60],
};
const CAPTION = 13; // zoom from which a line says where one is
const SMALLEST = [0, 60];
let pen = null; // measures text
const obstacles = []; // functions that answer boxes, [left, top, right, bottom] in pixels each

/* Names keep clear of what `measure` answers. */
export const keepClear = (measure) => obstacles.push(measure);

function width(words, size, weight) {
  pen ||= document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px Inter, Arial, sans-serif`;
  return pen.measureText(words).width + 8;
}

const apart = (a, b) => a[2] < b[0] || a[0] > b[2] || a[3] < b[1] || a[1] > b[3];

/* The first of the boxes that touches none of those taken, or undefined. */
export const firstFree = (boxes, taken) =>
  boxes.find((box) => taken.every((other) => apart(box, other)));

/* The boxes of a name around x, y, one for each shift up or down. */
export const labelBoxes = (x, y, half, size, shifts) =>
  shifts.map((shift) => [x - half, y + shift - size * 0.7, x + half, y + shift + size * 0.7]);

/* The towns to name at a zoom, of names sorted by population: [name, population, lng, lat]. */
export function townsToName(names, zoom, contains) {
  const [smallest, most] = TOWNS[zoom] || SMALLEST;
  const found = [];
  for (const [words, population, lng, lat] of names) {
    if (population < smallest || found.length >= most) break;
    const at = [lat, lng];
    if (!contains(at)) continue;
    const large = population > 150000;
    found.push({ at, words, kind: large ? "city" : "town", size: large ? 13 : 12, weight: 400, shifts: [0, 24, -24] });
  }
  return found;
}

class Labels {
  constructor(map, base, files) {
    this.map = map;
    this.base = base;
    this.files = files;
    this.data = new Map(); // file -> promise of features
    this.group = L.layerGroup().addTo(map);
    const pane = map.createPane("labels");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    pane.setAttribute("aria-hidden", "true");
    map.on("moveend", () => this.draw());
    subscribe("layer-toggled", () => this.draw());
    subscribe("markers-drawn", () => this.draw());
    subscribe("retry", () => this.draw());
  }

  features(name) {
    if (!this.files[name]) return Promise.resolve([]);
    if (!this.data.has(name)) {
      const asked = fetchJson(this.files[name]).then((data) => data.names);
      // A map without names is still a map: the next move asks again.
      this.data.set(name, asked.catch(() => (this.data.delete(name), [])));
    }
    return this.data.get(name);
  }

  regions(features, zoom) {
    return features.map(({ properties }) => ({
      at: [properties.label[1], properties.label[0]],
      words: properties.name,
      kind: "region",
      shifts: zoom < 5.5 ? [0, 16, -16] : [0, 24, -24, 40, -40],
      size: 13,
      weight: 600,
    }));
  }

  async draw() {
    const zoom = this.map.getZoom();
    const near = zoom >= 8;
    const [regions, towns] = await Promise.all([
      this.base.bordered && zoom <= 8 ? this.regionData(near) : [],
      this.base.tiled ? [] : this.features(near ? "labels" : "labels_low"),
    ]);
    if (zoom !== this.map.getZoom()) return;
    this.near(towns, zoom);
    const named = new Set(regions.map(({ properties }) => properties.name));
    const view = this.map.getBounds().pad(0.1);
    const others = townsToName(towns, Math.floor(zoom), (at) => view.contains(at));
    this.place([...this.regions(regions, zoom), ...others.filter(({ words }) => !named.has(words))]);
  }

  /* The borders' own file has the names: it is there already. */
  async regionData(near) {
    const layer = await (this.base.drawn.get(near ? "regions" : "regions_low") || null);
    return layer ? layer.getLayers().map((one) => one.feature) : [];
  }

  /* Close up there may be no name in view: say which place is nearest. */
  near(towns, zoom) {
    const line = document.getElementById("where");
    if (!line) return;
    const middle = this.map.getCenter();
    let best = null;
    for (const [name, , lng, lat] of zoom >= CAPTION ? towns : []) {
      const distance = middle.distanceTo([lat, lng]);
      if (!best || distance < best.distance) best = { distance, name };
    }
    const said = best && best.distance < 20000;
    line.textContent = said ? interpolate(gettext("Near %s"), [best.name]) : "";
  }

  place(labels) {
    const taken = obstacles.flatMap((measure) => measure());
    this.group.clearLayers();
    for (const { at: middle, words, kind, size, weight, shifts = [0] } of labels) {
      const { x, y } = this.map.latLngToContainerPoint(middle);
      const half = width(words, size, weight) / 2;
      const box = firstFree(labelBoxes(x, y, half, size, shifts), taken);
      if (!box) continue;
      taken.push(box);
      const at = this.map.containerPointToLatLng([x, (box[1] + box[3]) / 2]);
      const icon = L.divIcon({
        className: `label label--${kind}`,
        html: createElement("span", {}, words),
        iconSize: [2 * half, 2 * size],
      });
      L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false }).addTo(this.group);
    }
  }
}

export function addLabels(map, base, files) {
  const labels = new Labels(map, base, files);
  base.draw().then(() => labels.draw());
}
