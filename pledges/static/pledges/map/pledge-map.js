/* The page of the map: everything beside the map itself, and what is said of the view. */

import { announce, motionAllowed } from "../../geo/lib/dom.js";
import { publish, subscribe } from "../../geo/lib/events.js";
import { formatMessage } from "../../geo/lib/format.js";
import { HttpError } from "../../geo/lib/http.js";
import { startStream } from "../../geo/live/stream.js";
import { areaBounds } from "../../geo/map/base-layer.js";
import { mostFrequent } from "../../geo/map/marker-icons.js";
import * as view from "../../geo/map/view.js";
import { startDrawer } from "./drawer.js";
import { startFilters } from "./filters.js";
import { startHubCard } from "./hub-card.js";
import { startList } from "./list.js";
import { startLiveMap } from "./live-map.js";
import { startPlaceSearch } from "./place-search.js";
import "./sheet.js";
import { startSummary } from "./summary.js";

/* A part of the map that failed: say so once, and offer to try again. */
function failures() {
  const box = document.getElementById("message");
  const words = document.getElementById("message-words");
  subscribe("load-failed", ({ error }) => {
    const told = error instanceof HttpError && error.message;
    words.textContent = told || gettext("A part of the map could not be loaded.");
    box.hidden = false;
  });
  document.getElementById("message-button").addEventListener("click", () => {
    box.hidden = true;
    publish("retry");
  });
}

/* Say what is in view, for those who do not see it, once list and map have both come to rest. */
function spoken(parts) {
  let leading = null;
  let listed = "";
  const tell = () => {
    if (!listed) return;
    const values = { listed, theme: leading ? leading.name : "" };
    announce(leading ? formatMessage(gettext("%(listed)s, mostly %(theme)s"), values) : listed);
  };
  subscribe("markers-drawn", ({ name, items }) => {
    if (name !== "pledges") return;
    const sums = {};
    for (const { parts: counts } of items) {
      for (const [slug, n] of Object.entries(counts)) sums[slug] = (sums[slug] || 0) + n;
    }
    leading = mostFrequent(sums, parts);
    tell();
  });
  subscribe("list-loaded", ({ words }) => {
    listed = words;
    tell();
  });
}

function key() {
  const room = window.matchMedia("(min-width: 60rem) and (min-height: 34rem)").matches;
  document.getElementById("key").open = room;
}

/* An area that was chosen comes into view. */
async function toArea(map, code) {
  try {
    const bounds = await areaBounds(code);
    if (bounds) map.fitBounds(bounds, { animate: motionAllowed(), ...view.padding() });
  } catch {
    // The failed file was told of already; the filter works without the view.
  }
}

export function pledgeMap(map, { addresses, parts }) {
  key();
  failures();
  spoken(parts);
  startFilters(addresses);
  startSummary(addresses);
  startList(map, addresses);
  startPlaceSearch(map, addresses);
  startHubCard(addresses);
  startDrawer();
  startLiveMap(map, addresses);
  startStream();
  subscribe("area-chosen", (code) => toArea(map, code));
  document.documentElement.classList.add("is-ready");
}
