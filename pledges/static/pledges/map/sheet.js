/* On a narrow screen the panel is a sheet over the map, half hidden until it is asked for. */

import { subscribe } from "../../geo/lib/events.js";
import { setPadding } from "../../geo/map/view.js";

const NARROW = window.matchMedia(
  "(max-width: 36rem), (max-width: 48rem) and (orientation: portrait)",
);
const SOURCES = 24; // pixels of the line about the map's sources
const PULL = 24; // pixels that a finger moves the handle to mean it
const sheet = document.getElementById("sheet");
const body = document.getElementById("sheet-body");
const handle = document.getElementById("sheet-handle");
const key = document.getElementById("key");
const words = document.getElementById("sheet-words");
let open = false;
let from = null;
let listed = "";

function tell() {
  const list = listed ? `${gettext("List and filters")} · ${listed}` : gettext("List and filters");
  words.textContent = open ? gettext("Back to the map") : list;
}

function set(next) {
  open = next;
  sheet.classList.toggle("is-open", open);
  body.inert = NARROW.matches && !open;
  handle.setAttribute("aria-expanded", String(open));
  tell();
}

handle.addEventListener("click", () => set(!open));
handle.addEventListener("pointerdown", (event) => (from = event.clientY));
handle.addEventListener("pointerup", (event) => {
  const pulled = from === null ? 0 : event.clientY - from;
  from = null;
  // A tap comes as a click.
  if (Math.abs(pulled) > PULL && open === pulled > 0) set(!open);
});
// The skip link to the list opens the sheet that holds it.
document.addEventListener("click", (event) => {
  if (event.target.closest('a[href="#list"]')) set(true);
});
NARROW.addEventListener("change", () => set(open));
subscribe("place-chosen", () => set(false));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-home]")) set(false);
});
subscribe("list-loaded", (told) => {
  listed = told.words;
  tell();
});
/* What the sheet, or the key at the right of a wide screen, covers of the map. */
setPadding(() => {
  if (NARROW.matches) {
    const below = open ? 8 : sheet.offsetHeight + SOURCES;
    return { paddingTopLeft: [8, 52], paddingBottomRight: [8, below] };
  }
  const beside = key.open ? key.offsetWidth + 12 : 0;
  return { paddingTopLeft: [16, 16], paddingBottomRight: [16, 28], beside };
});
set(false);
