/* The area of a hub: its districts shaded by their pledges, its regions outlined. */
(function (app) {
  "use strict";

  const NEAR = 9; // zoom from which the detailed borders are worth their weight
  // From none to the most; the page's key has the same colours.
  const SHADES = ["#f6f3ec", "#d3e3f3", "#9fc2e4", "#5e97cc", "#1d5ba6"];
  const say = (words, values) => interpolate(words, values, true);

  function words({ name, pledges }) {
    const many = ngettext("%(n)s pledge", "%(n)s pledges", pledges);
    return `${name}: ${say(many, { n: app.number(pledges) })}`;
  }

  function pane(map, name, height) {
    const made = map.createPane(name);
    made.style.zIndex = height;
    return made;
  }

  app.hubArea = function (map, { files, regions, districts }) {
    const known = new Map(districts.map((one) => [one.code, one]));
    const drawn = new Map(); // file -> promise of a layer
    pane(map, "shading", 155);
    pane(map, "outline", 165).style.pointerEvents = "none";

    const style = ({ properties }) => ({
      color: "#3f5873",
      weight: 0.8,
      fillColor: SHADES[known.get(properties.code).shade],
      fillOpacity: 0.75,
    });

    function load(name, make) {
      if (!drawn.has(name)) drawn.set(name, app.json(files[name]).then((data) => make(app.unpack(data))));
      return drawn.get(name);
    }

    const shade = (features) =>
      L.geoJSON(features.filter(({ properties }) => known.has(properties.code)), {
        pane: "shading",
        renderer: L.canvas({ pane: "shading", padding: 0.4 }),
        style,
        onEachFeature: ({ properties }, layer) => {
          const told = known.get(properties.code);
          layer.bindTooltip(app.element("span", {}, words(told)), { sticky: true });
          layer.on("mouseover", () => layer.setStyle({ weight: 2.5 }));
          layer.on("mouseout", () => layer.setStyle({ weight: 0.8 }));
        },
      });

    const outline = (features) =>
      L.geoJSON(features.filter(({ properties }) => regions.includes(properties.code)), {
        pane: "outline",
        renderer: L.canvas({ pane: "outline", padding: 0.4 }),
        interactive: false,
        style: { color: "#003087", weight: 2.5, fill: false },
      });

    const wanted = () => (map.getZoom() >= NEAR ? "districts" : "districts_low");

    /* What was there stays until its successor has come. */
    async function draw() {
      const name = wanted();
      const layer = await load(name, shade);
      if (name !== wanted()) return;
      layer.addTo(map);
      const other = drawn.get(name === "districts" ? "districts_low" : "districts");
      if (other) (await other).remove();
    }

    map.on("zoomend", draw);
    draw();
    load("regions", outline).then((layer) => layer.addTo(map));
  };
})(window.changemap);
