/* The area of a hub: its districts shaded by their pledges, its regions outlined. */

import { formatMessage, formatNumber } from "../geo/lib/format.js";
import { fetchJson } from "../geo/lib/http.js";
import { choropleth } from "../geo/map/choropleth.js";
import { unpackShapes } from "../geo/map/unpack.js";

function words({ name, pledges }) {
  const many = ngettext("%(n)s pledge", "%(n)s pledges", pledges);
  return `${name}: ${formatMessage(many, { n: formatNumber(pledges) })}`;
}

async function outline(map, address, regions) {
  const pane = map.createPane("outline");
  pane.style.zIndex = 165;
  pane.style.pointerEvents = "none";
  const shapes = unpackShapes(await fetchJson(address));
  const own = shapes.filter(({ properties }) => regions.includes(properties.code));
  L.geoJSON(own, {
    pane: "outline",
    renderer: L.canvas({ pane: "outline", padding: 0.4 }),
    interactive: false,
    style: { color: "#003087", weight: 2.5, fill: false },
  }).addTo(map);
}

export function hubArea(map, { files, regions, districts }) {
  const areas = districts.map((one) => ({ code: one.code, shade: one.shade, words: words(one) }));
  choropleth(map, { low: files.districts_low, near: files.districts, areas });
  outline(map, files.regions, regions);
}
