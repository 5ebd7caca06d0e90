/* The Leaflet map as every page of ours has it. */

import { motionAllowed } from "../lib/dom.js";
import * as view from "./view.js";

const CLOSE = 12; // zoom from which there is room for names beside markers

export function createMap(id, options, bounds) {
  const map = L.map(id, {
    ...options,
    zoomAnimation: motionAllowed(),
    fadeAnimation: motionAllowed(),
    markerZoomAnimation: motionAllowed(),
    inertia: motionAllowed(),
  });
  // Arrow keys and popups pan too.
  const panBy = map.panBy;
  map.panBy = (offset, choices) => panBy.call(map, offset, { animate: motionAllowed(), ...choices });
  map.home = L.latLngBounds(bounds);
  L.control
    .zoom({
      position: "bottomright",
      zoomInTitle: gettext("Zoom in"),
      zoomOutTitle: gettext("Zoom out"),
    })
    .addTo(map);
  L.control.scale({ position: "bottomleft", maxWidth: 90, metric: false }).addTo(map);
  // A marker that is given the focus outside the view must not scroll the container.
  map.getContainer().addEventListener("scroll", (event) => {
    event.target.scrollTop = event.target.scrollLeft = 0;
  });
  view.start(map);
  const close = () => map.getContainer().classList.toggle("is-close", map.getZoom() >= CLOSE);
  map.on("zoomend", close);
  close();
  return map;
}

/* The wheel moves the page until the map is what somebody works with. */
export function wheelOnFocusOnly(map) {
  map.scrollWheelZoom.disable();
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
}
