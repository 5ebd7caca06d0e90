/*
 * Real markers that a keyboard reaches: all of them are one tab stop, arrow keys go from one to
 * the next in that direction, Enter or Space opens.
 */

import { motionAllowed } from "../lib/dom.js";
import { addTooltip } from "./tooltips.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const members = new Map(); // element -> {marker, open}
let current = null;
let wanted = null; // where the next focus belongs once the markers there are drawn
let map = null;

function inView() {
  const bounds = map.getBounds();
  return [...members.keys()].filter((element) =>
    bounds.contains(members.get(element).marker.getLatLng()),
  );
}

const place = (element) => map.latLngToContainerPoint(members.get(element).marker.getLatLng());

function nearest(elements, point) {
  let best = null;
  for (const element of elements) {
    const distance = place(element).distanceTo(point);
    if (!best || distance < best.distance) best = { element, distance };
  }
  return best && best.element;
}

/* Make one marker the tab stop. */
function choose(element) {
  if (current && current !== element) current.tabIndex = -1;
  current = element;
  if (element) element.tabIndex = 0;
}

export function refresh() {
  const shown = inView();
  if (wanted && shown.length) {
    const element = nearest(shown, map.latLngToContainerPoint(wanted));
    wanted = null;
    choose(element);
    element.focus({ preventScroll: true });
  } else if (!current || !current.isConnected || !shown.includes(current)) {
    choose(nearest(shown, map.getSize().divideBy(2)));
  }
}

/*
 * Of points {x, y}, the index of the one to go to from `from` in a direction [dx, dy], or -1: it
 * lies more ahead than aside, and the nearest such is taken.
 */
export function nextInDirection(from, points, [dx, dy]) {
  let best = { index: -1, cost: Infinity };
  for (const [index, { x, y }] of points.entries()) {
    const along = (x - from.x) * dx + (y - from.y) * dy;
    const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
    if (along <= 0 || aside > along * 2.5) continue;
    const cost = along + aside * 2;
    if (cost < best.cost) best = { index, cost };
  }
  return best.index;
}

function towards(element, direction) {
  const shown = inView();
  return shown[nextInDirection(place(element), shown.map(place), direction)];
}

function pressed(event) {
  const member = members.get(event.target);
  if (!member) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    member.open(event.target);
  } else if (ARROWS[event.key]) {
    event.preventDefault();
    const next = towards(event.target, ARROWS[event.key]);
    if (next) {
      choose(next);
      next.focus({ preventScroll: true });
    } else {
      map.panBy(L.point(ARROWS[event.key]).multiplyBy(120), { animate: motionAllowed() });
    }
  } else return;
  event.stopPropagation();
}

/* Let keys reach the markers of this map; false where that has been done. */
export function start(theMap) {
  if (map) return false;
  map = theMap;
  const pane = map.getPane("markerPane");
  pane.setAttribute("role", "group");
  pane.setAttribute("aria-label", gettext("On the map. Arrow keys go from one to the next."));
  pane.addEventListener("keydown", pressed);
  map.on("moveend", refresh);
  return true;
}

/* Make a marker with a name for those who do not see it; `open` is what choosing it does. */
export function add(group, at, icon, name, open, { hint, lift = 0 } = {}) {
  const marker = L.marker(at, { icon, keyboard: false, riseOnHover: true, zIndexOffset: lift });
  marker.addTo(group);
  const element = marker.getElement();
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", name);
  element.tabIndex = -1;
  marker.on("click", () => {
    choose(element);
    open(element);
  });
  element.addEventListener("focus", () => choose(element));
  members.set(element, { marker, open });
  marker.on("remove", () => members.delete(element));
  if (hint) addTooltip(map, marker, element, hint);
  return marker;
}

/* What markers cover of the view: [left, top, right, bottom] in pixels each. */
export function boxes() {
  return [...members.values()].map(({ marker }) => {
    const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
    const { iconSize, iconAnchor } = marker.options.icon.options;
    const [left, top] = [x - iconAnchor[0], y - iconAnchor[1]];
    return [left, top, left + iconSize[0], top + iconSize[1]];
  });
}

/* The focus was on a marker that is about to go: give it to the one nearest to `at`. */
export function keepFocus(at) {
  wanted = at;
}

/* Put the focus on the marker nearest to a place, e.g. after its popup was closed. */
export function focusNear(at) {
  const element = nearest(inView(), map.latLngToContainerPoint(at));
  if (!element) return;
  choose(element);
  element.focus({ preventScroll: true });
}

export const hasFocus = (marker) => marker.getElement() === document.activeElement;
