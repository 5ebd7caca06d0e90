/* Areas shaded by a figure of each: words on hover, a page by click. The list beside it says all. */

import { createElement } from "../lib/dom.js";
import { fetchJson } from "../lib/http.js";
import { wheelOnFocusOnly } from "./map.js";
import { unpackShapes } from "./unpack.js";

const NEAR = 8; // zoom from which the detailed borders are worth their weight
// From none to the most; the page's key has the same colours.
const SHADES = ["#f6f3ec", "#d3e3f3", "#9fc2e4", "#5e97cc", "#1d5ba6"];
const LINE = { color: "#3f5873", weight: 0.8 };

/*
 * `low` and `near` are the addresses of coarse and of detailed shapes; `areas` are {code, words,
 * shade} and, where a click leads on, href.
 */
export function choropleth(map, { low, near, areas }) {
  wheelOnFocusOnly(map);
  const known = new Map(areas.map((one) => [one.code, one]));
  const pane = map.createPane("shading");
  pane.style.zIndex = 155;
  const drawn = new Map(); // address -> promise of a layer

  const style = ({ properties }) => ({
    ...LINE,
    fillColor: SHADES[known.get(properties.code).shade],
    fillOpacity: 0.8,
  });

  function each({ properties }, layer) {
    const { words, href } = known.get(properties.code);
    layer.bindTooltip(createElement("span", {}, words), { sticky: true });
    layer.on("mouseover", () => layer.setStyle({ weight: 2.5 }));
    layer.on("mouseout", () => layer.setStyle(LINE));
    if (href) layer.on("click", () => location.assign(href));
  }

  function shade(address) {
    if (!drawn.has(address)) {
      const shaped = fetchJson(address).then((data) =>
        L.geoJSON(unpackShapes(data).filter(({ properties }) => known.has(properties.code)), {
          pane: "shading",
          renderer: L.canvas({ pane: "shading", padding: 0.4 }),
          style,
          onEachFeature: each,
        }),
      );
      drawn.set(address, shaped);
    }
    return drawn.get(address);
  }

  const wanted = () => (map.getZoom() >= NEAR ? near : low);

  /* What was there stays until its successor has come. */
  async function draw() {
    const address = wanted();
    const layer = await shade(address);
    if (address !== wanted()) return;
    layer.addTo(map);
    const other = drawn.get(address === near ? low : near);
    if (other && near !== low) (await other).remove();
    map.getContainer().classList.add("is-ready");
  }

  map.on("zoomend", draw);
  draw();
}
