/* The place, the zoom and the layers shown, kept in the address: #map=7/52.4000/-1.5000 */
(function (app) {
  "use strict";

  const ADDRESS = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/;
  const layers = new Map(); // name -> {shown, normal, toggle}
  let padding = () => ({});
  let written = "";
  let rest = ""; // the view that home() gave; empty once the visitor has been elsewhere

  function read() {
    const words = new URLSearchParams(location.hash.slice(1));
    const parts = ADDRESS.exec(words.get("map") || "");
    const found = { place: null, layers: null };
    if (parts && Math.abs(parts[2]) <= 85 && Math.abs(parts[3]) <= 180) {
      found.place = { zoom: Number(parts[1]), at: [Number(parts[2]), Number(parts[3])] };
    }
    if (words.has("layers")) found.layers = words.get("layers").split(",").filter(Boolean);
    return found;
  }

  function write(map) {
    const at = map.getCenter();
    let hash = `#map=${Number(map.getZoom().toFixed(2))}/${at.lat.toFixed(4)}/${at.lng.toFixed(4)}`;
    const all = [...layers.entries()];
    if (all.some(([, layer]) => layer.shown !== layer.normal)) {
      hash += `&layers=${all.filter(([, layer]) => layer.shown).map(([name]) => name).join(",")}`;
    }
    written = hash;
    // Moving about is not a page each: the back button leads to where the visitor came from.
    if (location.hash !== hash) {
      history.replaceState(history.state, "", location.pathname + location.search + hash);
    }
  }

  function apply(map) {
    const { place, layers: chosen } = read();
    if (place) map.setView(place.at, place.zoom, { animate: false });
    else app.view.home(map);
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

  app.view = {
    /*
     * Room at the map's edges that other things cover: {paddingBottomRight: [x, y], ...}; `beside`
     * is what lies over the right edge, which popups keep clear of and the view need not.
     */
    covered(measure) {
      padding = measure;
    },
    padding: () => padding(),
    home(map) {
      // A quarter step fills the screen better; from there on zooming goes by whole steps.
      map.options.zoomSnap = 0.25;
      map.fitBounds(map.home, { animate: false, ...padding() });
      map.options.zoomSnap = 1;
      rest = `${map.getZoom()} ${map.getCenter()}`;
    },
    /* A map that is a part of a page leaves the page's address alone. */
    start(map) {
      const { addressed } = map.options;
      const { place } = addressed ? read() : {};
      written = location.hash;
      if (place) map.setView(place.at, place.zoom);
      else app.view.home(map);
      if (addressed) {
        map.on("moveend", app.later(150, () => write(map)));
        window.addEventListener("popstate", () => {
          if (location.hash !== written) apply(map);
        });
        app.on("layer", () => write(map));
      }
      // Banners wrap, sheets open, phones turn: what was the whole country stays it.
      new ResizeObserver(() => {
        const home = rest === `${map.getZoom()} ${map.getCenter()}`;
        map.invalidateSize({ animate: false });
        if (home) app.view.home(map);
      }).observe(map.getContainer());
    },
    /* Register a layer that can be switched; `normal` says whether it is shown at first. */
    layer(name, normal, toggle) {
      const { layers: chosen } = read();
      const shown = chosen ? chosen.includes(name) : normal;
      layers.set(name, { shown, normal, toggle });
      toggle(shown);
      for (const box of document.querySelectorAll(`[data-layer="${name}"]`)) {
        box.checked = shown;
        box.addEventListener("change", () => {
          show(name, box.checked);
          app.emit("layer", name);
        });
      }
    },
  };
})(window.changemap);
