/* A small map of the country with one point on it: in the admin, and in forms that ask for a place. */
(function (app) {
  "use strict";

  const COUNTRY = [[49.8, -8.7], [60.9, 1.9]];
  const GROUND = {
    land: { fillColor: "#f6f3ec", fillOpacity: 1, color: "#b9c6cc", weight: 0.8 },
    built: { fillColor: "#d9d3c7", fillOpacity: 0.75, stroke: false },
    districts_low: { color: "#5f7387", opacity: 0.7, weight: 0.9, fill: false },
  };
  const DIGITS = 6; // of a degree: ten centimetres
  const NEAR = 9; // the zoom at which a point that is set is looked at

  /* Land first, or it would cover what came before it; the map is of use without its ground. */
  async function ground(map, renderer) {
    const asked = Object.entries(GROUND).map(([name, style]) =>
      app.json(`/base/${name}.json`).then((data) => [app.unpack(data), style]).catch(() => null),
    );
    for (const one of asked) {
      const [data, style] = (await one) || [];
      if (data) L.geoJSON(data, { pane: "ground", renderer, interactive: false, style }).addTo(map);
    }
  }

  function draw(box) {
    const map = L.map(box, { attributionControl: false, minZoom: 4, maxZoom: 17, zoomSnap: 0.5 });
    map.fitBounds(COUNTRY, { animate: false });
    const pane = map.createPane("ground");
    pane.style.zIndex = 150;
    pane.style.pointerEvents = "none";
    ground(map, L.canvas({ pane: "ground", padding: 0.4 }));
    return map;
  }

  function dot(at) {
    return L.marker(at, {
      icon: L.divIcon({ className: "small-map__dot", iconSize: [18, 18] }),
      keyboard: false,
      interactive: false,
    });
  }

  /* A point that is set by a click, or by Enter in the middle of the map that arrow keys move. */
  function pick(box, chosen) {
    const map = draw(box);
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

  app.smallMap = { draw, dot, pick };
})(window.changemap);
