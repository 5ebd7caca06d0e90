/* One popup at a time, filled by address; its links to further pages stay inside it. */

import { createElement, opensElsewhere } from "../lib/dom.js";
import { fetchFragment, isAborted } from "../lib/http.js";
import * as markers from "./markers.js";
import * as view from "./view.js";

let popup = null;
let request = null;

function message(words, address) {
  return createElement(
    "div",
    { class: "popup__message", role: "status" },
    createElement("p", {}, words),
    ...(address
      ? [
          createElement(
            "button",
            { type: "button", class: "nhsuk-button nhsuk-button--small nhsuk-button--secondary", click: () => load(address) },
            gettext("Try again"),
          ),
        ]
      : []),
  );
}

function fill(content) {
  if (!popup) return;
  const body = createElement("div", { class: "popup__body", tabindex: "-1" }, content);
  popup.setContent(body);
  const heading = body.querySelector("h1, h2, h3");
  const frame = popup.getElement();
  frame.setAttribute("role", "dialog");
  if (heading) {
    heading.id = heading.id || "popup-title";
    frame.setAttribute("aria-labelledby", heading.id);
  } else frame.setAttribute("aria-label", gettext("More about this place"));
  body.focus({ preventScroll: true });
}

async function load(address) {
  if (request) request.abort();
  request = new AbortController();
  const { signal } = request;
  fill(message(gettext("Loading…")));
  try {
    fill(await fetchFragment(address, signal));
  } catch (error) {
    if (isAborted(error)) return;
    const gone = error.status === 404 || error.status === 410;
    fill(
      gone
        ? message(gettext("This pledge is no longer shown."))
        : message(gettext("This could not be loaded."), address),
    );
  }
}

function followed(event) {
  // What was clicked may be gone by now, and Leaflet would take the click for one on the map.
  event.stopPropagation();
  const link = event.target.closest("a[data-page]");
  if (!link || opensElsewhere(event)) return;
  event.preventDefault();
  load(link.href);
}

function open(map, at, lift) {
  const size = map.getSize();
  const { paddingBottomRight = [0, 0], beside = 0 } = view.padding();
  popup = L.popup({
    className: "popup",
    minWidth: Math.min(260, size.x - 56),
    maxWidth: Math.min(340, size.x - 56),
    maxHeight: Math.max(160, Math.min(420, size.y - paddingBottomRight[1] - lift - 64)),
    offset: [0, -lift + 6],
    autoPanPaddingTopLeft: L.point(8, 8),
    // The marker under the popup stays in view too.
    autoPanPaddingBottomRight: L.point(paddingBottomRight).add([8 + beside, lift + 32]),
    closeOnEscapeKey: false,
  })
    .setLatLng(at)
    .openOn(map);
  const shown = popup;
  map.getContainer().parentElement.classList.add("has-popup");
  const frame = popup.getElement();
  frame.addEventListener("click", followed);
  frame.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup(shown);
  });
  const close = frame.querySelector(".leaflet-popup-close-button");
  close.setAttribute("aria-label", gettext("Close"));
  map.once("popupclose", ({ popup: closed }) => {
    if (closed !== shown) return;
    map.getContainer().parentElement.classList.remove("has-popup");
    const inside = frame.contains(document.activeElement) || document.activeElement === document.body;
    if (popup === shown) popup = null;
    if (inside) markers.focusNear(at);
  });
}

/* Open a popup over a place, `lift` pixels above it, with what the address answers. */
export function openPopup(map, at, address, lift = 0) {
  open(map, at, lift);
  return load(address);
}

/* Open a popup with content that is there already. */
export function openPopupWith(map, at, content, title) {
  open(map, at, 0);
  const fragment = document.createDocumentFragment();
  fragment.append(createElement("h2", { class: "nhsuk-heading-xs" }, title), content);
  fill(fragment);
}
