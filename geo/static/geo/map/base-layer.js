/* The base layer: land, water and towns by zoom, on canvas under everything; regions and districts. */

import { publish, subscribe } from "../lib/events.js";
import { fetchJson } from "../lib/http.js";
import { addLabels } from "./labels.js";
import { unpackShapes } from "./unpack.js";
import * as view from "./view.js";

const NEAR = 8; // from this zoom on the detailed files are worth their weight
const CLOSE = 12; // and the detailed borders of districts
const LAND = { fillColor: "#f6f3ec", fillOpacity: 1, color: "#b9c6cc", weight: 0.8 };
const STYLES = {
  land: LAND,
  land_low: LAND,
  lakes: { fillColor: "#cfe2ee", fillOpacity: 1, color: "#a9c8da", weight: 0.6 },
  rivers: { fill: false, color: "#a9c8da", weight: 1 },
  built: { fillColor: "#d9d3c7", fillOpacity: 0.75, stroke: false },
};
const BORDER = { color: "#3f5873", opacity: 0.75, weight: 1.4, fillOpacity: 0 };
const DISTRICT = { color: "#5f7387", opacity: 0.7, weight: 0.9, dashArray: "3 3", fill: false };
// Neighbours differ in lightness as well as in hue.
const TINTS = ["#5b8db8", "#e0a458", "#6aa67c", "#c77f7b", "#8d7fb8", "#4fa3a0", "#b5975b"];
const TINT_OF = {
  Y56: 4, Y58: 2, Y59: 1, Y60: 3, Y61: 0, Y62: 5, Y63: 6,
  W92000004: 0, S92000003: 4, N92000002: 2,
};

/* The names of the files that a zoom calls for, the lowest first. */
export function filesAt(zoom) {
  if (zoom < NEAR) return ["land_low", ...(zoom >= 7 ? ["built", "lakes"] : [])];
  return ["land", "built", "lakes", "rivers"];
}

class BaseLayer {
  constructor(map, options) {
    this.map = map;
    this.files = options.files;
    this.drawn = new Map(); // file -> promise of a layer
    this.shaded = false;
    this.bordered = true;
    this.pane("ground", 150);
    this.pane("areas", 160);
    this.renderers = {
      ground: L.canvas({ pane: "ground", padding: 0.4 }),
      areas: L.canvas({ pane: "areas", padding: 0.4 }),
    };
    this.tiled = Boolean(options.tiles);
    if (this.tiled) L.tileLayer(options.tiles, { maxZoom: map.getMaxZoom(), pane: "tilePane" }).addTo(map);
  }

  pane(name, height) {
    const pane = this.map.createPane(name);
    pane.style.zIndex = height;
    pane.style.pointerEvents = "none";
  }

  /* Fetch a file once and make a layer of it; a failure is told and may be tried again. */
  layer(name, pane, style) {
    if (!this.files[name]) return Promise.resolve(null);
    if (!this.drawn.has(name)) {
      const made = fetchJson(this.files[name]).then((data) =>
        L.geoJSON(unpackShapes(data), {
          pane,
          renderer: this.renderers[pane],
          interactive: false,
          smoothFactor: 0.8,
          style,
        }),
      );
      made.catch((error) => {
        this.drawn.delete(name);
        publish("load-failed", { layer: this, error });
      });
      this.drawn.set(name, made);
    }
    return this.drawn.get(name);
  }

  region(feature) {
    const tint = TINTS[TINT_OF[feature.properties.code] ?? 0];
    const opacity = this.bordered ? BORDER.opacity : 0;
    return { ...BORDER, opacity, fillColor: tint, fillOpacity: this.shaded ? 0.2 : 0 };
  }

  wanted() {
    const zoom = this.map.getZoom();
    const list = this.tiled ? [] : filesAt(zoom).map((name) => [name, "ground", STYLES[name]]);
    list.push([zoom < NEAR ? "regions_low" : "regions", "areas", (f) => this.region(f)]);
    if (this.bordered && zoom >= NEAR) {
      list.push([zoom < CLOSE ? "districts_low" : "districts", "areas", DISTRICT]);
    }
    return list;
  }

  /* Show what the zoom asks for; what was there stays until its successor has come. */
  async draw() {
    const wanted = this.wanted();
    const names = new Set(wanted.map(([name]) => name));
    const ready = await Promise.allSettled(
      wanted.map(async ([name, pane, style]) => {
        const layer = await this.layer(name, pane, style);
        if (layer && names.has(name) && this.asks(name)) layer.addTo(this.map);
      }),
    );
    if (ready.some((one) => one.status === "rejected")) return;
    for (const [name, promise] of this.drawn) {
      if (this.asks(name)) continue;
      const layer = await promise.catch(() => null);
      if (layer && !this.asks(name)) layer.remove();
    }
    this.order();
  }

  asks(name) {
    return this.wanted().some(([other]) => other === name);
  }

  /* Files arrive in any order; canvas draws what was added last on top. */
  async order() {
    for (const [name] of this.wanted()) {
      const layer = await (this.drawn.get(name) || null);
      if (layer && this.map.hasLayer(layer)) layer.bringToFront();
    }
  }

  async restyle() {
    for (const name of ["regions_low", "regions"]) {
      const layer = await (this.drawn.get(name) || null);
      if (layer) layer.setStyle((feature) => this.region(feature));
    }
    this.draw();
  }

  async bounds(code) {
    for (const name of ["regions_low", "districts_low"]) {
      const layer = await this.layer(name, "areas", name === "districts_low" ? DISTRICT : (f) => this.region(f));
      const found = layer && layer.getLayers().find((one) => one.feature.properties.code === code);
      if (found) return found.getBounds();
    }
    return null;
  }
}

let current = null;

/* Draw the base layer, and let the page switch the borders and the tint of regions. */
export function baseLayer(map, options) {
  const base = new BaseLayer(map, options);
  current = base;
  view.addLayer("regions", true, (on) => {
    base.bordered = on;
    base.restyle();
  });
  view.addLayer("shading", options.shaded, (on) => {
    base.shaded = on;
    base.restyle();
  });
  map.on("zoomend", () => base.draw());
  subscribe("retry", () => base.draw());
  addLabels(map, base, options.files);
}

/* Bounds of a region or district, or null where no file has its code. */
export const areaBounds = (code) => current.bounds(code);
