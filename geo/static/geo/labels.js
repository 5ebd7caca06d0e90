/* Names of regions, districts and towns: as many as fit without touching, the largest first. */
(function (app) {
  "use strict";

  // zoom -> [smallest population of a town named, most towns in view]
  const TOWNS = {
    4: [900000, 6], 5: [420000, 10], 6: [240000, 18], 7: [120000, 24], 8: [60000, 34],
    9: [25000, 44], 10: [9000, 54], 11: [3000, 60],
  };
  const CAPTION = 13; // zoom from which a line says where one is
  const SMALLEST = [0, 60];
  const pen = document.createElement("canvas").getContext("2d");

  function width(words, size, weight) {
    pen.font = `${weight} ${size}px Inter, Arial, sans-serif`;
    return pen.measureText(words).width + 8;
  }

  const apart = (a, b) => a[2] < b[0] || a[0] > b[2] || a[3] < b[1] || a[1] > b[3];

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
      app.on("layer", () => this.draw());
      app.on("drawn", () => this.draw());
      app.on("again", () => this.draw());
    }

    features(name) {
      if (!this.files[name]) return Promise.resolve([]);
      if (!this.data.has(name)) {
        const asked = app.json(this.files[name]).then((data) => data.names);
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

    towns(names, zoom) {
      const [smallest, most] = TOWNS[zoom] || SMALLEST;
      const view = this.map.getBounds().pad(0.1);
      const found = [];
      for (const [words, population, lng, lat] of names) {
        if (population < smallest || found.length >= most) break;
        const at = [lat, lng];
        if (!view.contains(at)) continue;
        const large = population > 150000;
        found.push({ at, words, kind: large ? "city" : "town", size: large ? 13 : 12, weight: 400, shifts: [0, 24, -24] });
      }
      return found;
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
      const others = this.towns(towns, Math.floor(zoom)).filter(({ words }) => !named.has(words));
      this.place([...this.regions(regions, zoom), ...others]);
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
      const taken = [...(app.markers ? app.markers.boxes() : []), ...(app.dots ? app.dots() : [])];
      this.group.clearLayers();
      for (const { at: middle, words, kind, size, weight, shifts = [0] } of labels) {
        const { x, y } = this.map.latLngToContainerPoint(middle);
        const half = width(words, size, weight) / 2;
        const boxes = shifts.map((shift) => [x - half, y + shift - size * 0.7, x + half, y + shift + size * 0.7]);
        const box = boxes.find((one) => taken.every((other) => apart(one, other)));
        if (!box) continue;
        taken.push(box);
        const at = this.map.containerPointToLatLng([x, (box[1] + box[3]) / 2]);
        const icon = L.divIcon({
          className: `label label--${kind}`,
          html: app.element("span", {}, words),
          iconSize: [2 * half, 2 * size],
        });
        L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false }).addTo(this.group);
      }
    }
  }

  app.labels = function (map, base, files) {
    const labels = new Labels(map, base, files);
    base.draw().then(() => labels.draw());
  };
})(window.changemap);
