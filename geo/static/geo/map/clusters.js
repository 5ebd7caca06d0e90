/*
 * A layer of markers from cluster tiles. Leaflet's grid says which tiles are needed; what is drawn
 * are real markers, so that everyone can reach them and none is cut off at a tile's edge.
 */

import { motionAllowed } from "../lib/dom.js";
import { publish, subscribe } from "../lib/events.js";
import { fetchJson, fillUrl, isAborted, withQuery } from "../lib/http.js";
import { debounce } from "../lib/timing.js";
import { keepClear } from "./labels.js";
import * as markers from "./markers.js";
import { mergeClusters } from "./merge.js";
import { unspiderfy } from "./spiderfy.js";
import * as view from "./view.js";

const PATIENCE = 900; // ms after which a new zoom shows the tiles it has

/* The tiles that are needed, each of them loaded by `load(coords)`. */
function tileGrid(load, options) {
  const Grid = L.GridLayer.extend({
    // The first view may lie between two zooms, for which Leaflet's redraw() asks for tiles of 5.5.
    _clampZoom(zoom) {
      return L.GridLayer.prototype._clampZoom.call(this, Math.round(zoom));
    },
    createTile(coords, done) {
      const tile = document.createElement("div");
      load(coords).then(
        () => done(null, tile),
        (error) => done(error, tile),
      );
      return tile;
    },
  });
  return new Grid(options);
}

class Clusters {
  constructor(map, options, look) {
    this.map = map;
    this.options = options;
    this.look = look;
    this.group = L.layerGroup();
    this.drawn = new Map(); // key -> marker
    this.tiles = new Map(); // "z/x/y" -> {features, abort}
    this.settled = false;
    this.soon = debounce(80, () => this.draw());
    this.grid = tileGrid((coords) => this.load(coords), {
      bounds: map.home.pad(0.1),
      keepBuffer: 1,
      updateWhenZooming: false,
      noWrap: true,
      minZoom: map.getMinZoom(),
      maxZoom: map.getMaxZoom(),
    });
    this.grid.on("tileunload", ({ coords }) => this.unload(coords));
    this.grid.on("load", () => this.settle());
    this.grid.on("loading", () => this.wait());
    map.on("zoomend", () => {
      this.settled = false;
      this.wait();
    });
  }

  show(on) {
    if (on) {
      this.group.addTo(this.map);
      this.grid.addTo(this.map);
    } else {
      this.grid.remove();
      this.group.remove();
      this.group.clearLayers();
      this.drawn.clear();
      markers.refresh();
    }
  }

  reload() {
    unspiderfy();
    this.settled = false;
    this.grid.redraw();
  }

  url(coords) {
    return withQuery(fillUrl(this.options.tiles, coords), this.options.filtered ? view.filterQuery() : "");
  }

  async load(coords) {
    const key = `${coords.z}/${coords.x}/${coords.y}`;
    const tile = { features: [], abort: new AbortController() };
    this.tiles.set(key, tile);
    try {
      const answer = await fetchJson(this.url(coords), tile.abort.signal);
      tile.features = answer.features;
      if (this.settled) this.soon();
    } catch (error) {
      if (isAborted(error)) return;
      publish("load-failed", { layer: this, error });
      throw error;
    }
  }

  /* Read the tiles again, those around these places or all; what is the same stays untouched. */
  async freshen(places) {
    const wanted = [...this.tiles].filter(([key]) => !places || this.holds(key, places));
    await Promise.all(
      wanted.map(async ([key, tile]) => {
        const [z, x, y] = key.split("/").map(Number);
        try {
          const answer = await fetchJson(this.url({ z, x, y }), tile.abort.signal, "no-cache");
          tile.features = answer.features;
        } catch {
          // What is shown stays; the next news or the next move brings the rest.
        }
      }),
    );
    if (this.settled) this.soon();
  }

  holds(key, places) {
    const [z, x, y] = key.split("/").map(Number);
    return places.some((at) => {
      const point = this.map.project(at, z).divideBy(256).floor();
      return point.x === x && point.y === y;
    });
  }

  unload(coords) {
    const key = `${coords.z}/${coords.x}/${coords.y}`;
    const tile = this.tiles.get(key);
    if (tile) tile.abort.abort();
    this.tiles.delete(key);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), PATIENCE);
  }

  settle() {
    clearTimeout(this.timer);
    this.settled = true;
    this.draw();
  }

  /* The features of this zoom's tiles as items; far out, crowded ones are joined. */
  items() {
    const zoom = this.map.getZoom();
    const level = `${Math.round(zoom)}/`;
    const found = [];
    for (const [key, tile] of this.tiles) {
      if (!key.startsWith(level)) continue;
      for (const feature of tile.features) found.push(this.item(feature, zoom));
    }
    if (zoom >= this.options.spotsFrom) return found;
    return mergeClusters(found, (item) => this.look.size(item));
  }

  item(feature, zoom) {
    const [lng, lat] = feature.geometry.coordinates;
    const at = this.map.project([lat, lng], zoom);
    const { count, parts = {}, bbox = [lng, lat, lng, lat] } = feature.properties;
    return { x: at.x, y: at.y, count, parts, bbox, members: [feature] };
  }

  draw() {
    if (!this.map.hasLayer(this.grid) || !this.settled) return;
    const zoom = this.map.getZoom();
    const wanted = new Map();
    for (const item of this.items()) {
      item.alone = item.members.length === 1 ? item.members[0] : null;
      item.at = this.map.unproject([item.x, item.y], zoom);
      item.key = `${zoom}|${item.x.toFixed(1)}|${item.y.toFixed(1)}|${JSON.stringify(item.parts)}|${item.count}`;
      wanted.set(item.key, item);
    }
    for (const [key, marker] of this.drawn) {
      if (wanted.has(key)) continue;
      if (markers.hasFocus(marker)) markers.keepFocus(marker.getLatLng());
      this.group.removeLayer(marker);
      this.drawn.delete(key);
    }
    for (const [key, item] of wanted) {
      if (!this.drawn.has(key)) this.drawn.set(key, this.mark(item));
    }
    markers.refresh();
    publish("markers-drawn", { name: this.options.name, items: [...wanted.values()] });
  }

  mark(item) {
    const { look, options } = this;
    return markers.add(
      this.group,
      item.at,
      look.icon(item, options),
      look.name(item, options),
      () => this.open(item),
      { hint: look.hint && (() => look.hint(item, options)), lift: look.lift },
    );
  }

  open(item) {
    const single = item.alone && !item.alone.properties.bbox;
    if (single) this.look.open(this.map, item, this.options);
    else this.zoomInto(item);
  }

  zoomInto(item) {
    const [west, south, east, north] = item.bbox;
    const bounds = L.latLngBounds([south, west], [north, east]);
    const zoom = Math.max(this.map.getBoundsZoom(bounds), Math.floor(this.map.getZoom()) + 1);
    const target = Math.min(zoom, this.map.getMaxZoom());
    markers.keepFocus(item.at);
    const middle = target - this.map.getZoom() > 1 ? bounds.getCenter() : item.at;
    this.map.setView(middle, target, { animate: motionAllowed() });
  }
}

/*
 * Draw a layer of clusters. `look` says what its features look like: {icon(item), name(item),
 * size(item), open(map, item, options)} and, where there are, hint(item) and lift.
 */
export function clusters(map, options, look) {
  const { name, shown, filtered } = options;
  if (markers.start(map)) keepClear(markers.boxes);
  const layer = new Clusters(map, options, look);
  view.addLayer(name, shown, (on) => layer.show(on));
  subscribe("retry", () => layer.reload());
  if (filtered) {
    subscribe("filters-changed", () => layer.reload());
    subscribe("tiles-stale", ({ places }) => map.hasLayer(layer.grid) && layer.freshen(places));
  }
}
