/* Spread the few that share one spot in a circle around it, each on its own leg. */
(function (app) {
  "use strict";

  const PIN = 24; // half of a pin's breadth or height, and a little more
  const BUTTONS = 48; // pixels
  let fan = null;

  function fold() {
    if (!fan) return;
    fan.remove();
    fan = null;
  }

  /* Room for the pins on all sides, and at the right for the buttons of the map. */
  function intoView(map, at, radius) {
    const { paddingTopLeft = [0, 0], paddingBottomRight = [0, 0] } = app.view.padding();
    const room = radius + PIN;
    map.panInside(at, {
      paddingTopLeft: L.point(paddingTopLeft).add([room, room]),
      paddingBottomRight: L.point(paddingBottomRight).add([room + BUTTONS, room]),
      animate: app.moves(),
    });
  }

  app.fan = {
    fold,
    /* `pins` are {icon, name, open}; they go around `at` on the screen, clockwise from the top. */
    open(map, at, pins) {
      fold();
      fan = L.layerGroup().addTo(map);
      const middle = map.latLngToLayerPoint(at);
      const radius = Math.max(56, (pins.length * 44) / (2 * Math.PI));
      const markers = pins.map((pin, index) => {
        const angle = (index / pins.length) * 2 * Math.PI - Math.PI / 2;
        const spread = middle.add([radius * Math.cos(angle), radius * Math.sin(angle)]);
        const end = map.layerPointToLatLng(spread);
        L.polyline([at, end], { color: "#212b32", weight: 1.5, interactive: false }).addTo(fan);
        return app.markers.add(fan, end, pin.icon, pin.name, () => pin.open(end), { lift: 1000 });
      });
      intoView(map, at, radius);
      map.once("zoomstart", fold);
      app.markers.refresh();
      markers[0].getElement().focus({ preventScroll: true });
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") fold();
  });
})(window.changemap);
