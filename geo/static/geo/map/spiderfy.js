/* Spread the few that share one spot in a circle around it, each on its own leg. */

import { motionAllowed } from "../lib/dom.js";
import * as markers from "./markers.js";
import * as view from "./view.js";

const PIN = 24; // half of a pin's breadth or height, and a little more
const BUTTONS = 48; // pixels
let group = null;

export function unspiderfy() {
  if (!group) return;
  group.remove();
  group = null;
  document.removeEventListener("keydown", escaped);
}

function escaped(event) {
  if (event.key === "Escape") unspiderfy();
}

/* Room for the pins on all sides, and at the right for the buttons of the map. */
function intoView(map, at, radius) {
  const { paddingTopLeft = [0, 0], paddingBottomRight = [0, 0] } = view.padding();
  const room = radius + PIN;
  map.panInside(at, {
    paddingTopLeft: L.point(paddingTopLeft).add([room, room]),
    paddingBottomRight: L.point(paddingBottomRight).add([room + BUTTONS, room]),
    animate: motionAllowed(),
  });
}

/* `pins` are {icon, name, open}; they go around `at` on the screen, clockwise from the top. */
export function spiderfy(map, at, pins) {
  unspiderfy();
  group = L.layerGroup().addTo(map);
  const middle = map.latLngToLayerPoint(at);
  const radius = Math.max(56, (pins.length * 44) / (2 * Math.PI));
  const spread = pins.map((pin, index) => {
    const angle = (index / pins.length) * 2 * Math.PI - Math.PI / 2;
    const end = map.layerPointToLatLng(middle.add([radius * Math.cos(angle), radius * Math.sin(angle)]));
    L.polyline([at, end], { color: "#212b32", weight: 1.5, interactive: false }).addTo(group);
    return markers.add(group, end, pin.icon, pin.name, () => pin.open(end), { lift: 1000 });
  });
  intoView(map, at, radius);
  map.once("zoomstart", unspiderfy);
  markers.refresh();
  spread[0].getElement().focus({ preventScroll: true });
  document.addEventListener("keydown", escaped);
}
