/* Hubs on a map: a dot for each and, where areas are given, the areas that they look after. */
(function (app) {
  "use strict";

  const DOT = { radius: 6, color: "#fff", weight: 2, fillColor: "#003087", fillOpacity: 1 };
  // Nothing is seen of an area until the pointer is over it.
  const AREA = { color: "#003087", weight: 0, fillColor: "#003087", fillOpacity: 0 };

  /* The wheel moves the page until the map is what somebody works with. */
  function politely(map) {
    map.scrollWheelZoom.disable();
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
  }

  const open = (path) => () => {
    if (path !== location.pathname) location.assign(path);
  };

  function dot({ geometry, properties }, page, renderer) {
    const [longitude, latitude] = geometry.coordinates;
    return L.circleMarker([latitude, longitude], { ...DOT, renderer })
      .bindTooltip(app.element("span", {}, properties.name), { direction: "top", offset: [0, -6] })
      .on("click", open(app.address(page, properties)));
  }

  const around = ({ x, y }) => [x - DOT.radius, y - DOT.radius, x + DOT.radius, y + DOT.radius];

  function area(feature, hub, page, renderer) {
    const layer = L.geoJSON(feature, { renderer, style: AREA });
    return layer
      .bindTooltip(app.element("span", {}, hub.name), { sticky: true })
      .on("click", open(app.address(page, hub)))
      .on("mouseover", () => layer.setStyle({ weight: 2, fillOpacity: 0.15 }))
      .on("mouseout", () => layer.setStyle(AREA));
  }

  app.hubPoints = async function (map, { hubs, page, areas }) {
    politely(map);
    const [{ features }, shapes] = await Promise.all([
      app.json(hubs),
      areas ? app.json(areas).then(app.unpack) : [],
    ]);
    const renderer = L.canvas({ padding: 0.4 });
    for (const shape of shapes) {
      const hub = features.find(({ properties }) => properties.areas.includes(shape.properties.code));
      if (hub) area(shape, hub.properties, page, renderer).addTo(map);
    }
    const dots = features.filter((one) => one.geometry).map((hub) => dot(hub, page, renderer).addTo(map));
    // Names of regions make room.
    app.dots = () => dots.map((one) => around(map.latLngToContainerPoint(one.getLatLng())));
    app.emit("drawn", { name: "hubs", items: [] });
    map.getContainer().classList.add("is-ready");
  };
})(window.changemap);
