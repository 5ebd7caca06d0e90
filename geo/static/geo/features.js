/* The features of one address of the API, drawn as they are; each leads to its own page. */
(function (app) {
  "use strict";

  const SHAPE = { color: "#003087", weight: 2, fillColor: "#005eb8", fillOpacity: 0.15 };
  const POINT = { ...SHAPE, radius: 8, fillOpacity: 0.85, color: "#fff" };

  const title = (feature) => String(feature.properties.name || feature.properties.text || feature.id);

  function popup(feature) {
    const address = feature.properties.url;
    return address ? app.element("a", { href: address }, title(feature)) : title(feature);
  }

  app.features = async function (map, options) {
    const data = await app.json(options.address);
    const layer = L.geoJSON(data, {
      style: SHAPE,
      pointToLayer: (feature, at) => L.circleMarker(at, POINT),
      onEachFeature: (feature, drawn) => drawn.bindPopup(() => app.element("p", {}, popup(feature))),
    }).addTo(map);
    if (layer.getBounds().isValid()) {
      map.fitBounds(layer.getBounds(), { padding: [24, 24], maxZoom: 13, animate: false });
    }
  };
})(window.changemap);
