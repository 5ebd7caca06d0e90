/* Events on the map: the leaf of a calendar; to come in plum, past in grey. */

import { createElement } from "../../geo/lib/dom.js";
import { formatMessage, formatNumber, shortNumber } from "../../geo/lib/format.js";
import { clusters } from "../../geo/map/clusters.js";
import { openPopupWith } from "../../geo/map/popups.js";


// One leaf on a stem, two rings at its top; a number where there are several.
function leaf(count, colour) {
  const inside =
    count > 1
      ? `<text y="9" text-anchor="middle" font-size="13" font-weight="600" fill="#212b32">${shortNumber(count)}</text>`
      : `<g fill="${colour}"><path d="M-7 0h4v4h-4zM-2 0h4v4h-4zM3 0h4v4h-4zM-7 6h4v4h-4zM-2 6h4v4h-4z"/></g>`;
  return (
    '<svg width="34" height="42" viewBox="-17 -18 34 42" aria-hidden="true" focusable="false">' +
    `<path d="M0 23-5 14H5z" fill="${colour}"/>` +
    `<rect x="-14" y="-13" width="28" height="28" rx="4" fill="#fff" stroke="${colour}" stroke-width="2"/>` +
    `<path d="M-14-9a4 4 0 0 1 4-4h20a4 4 0 0 1 4 4v5h-28z" fill="${colour}"/>` +
    `<path d="M-8-17v6M8-17v6" stroke="${colour}" stroke-width="4" stroke-linecap="round"/>` +
    '<path d="M-8-16v4M8-16v4" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/>' +
    `${inside}</svg>`
  );
}

function eventsOf(item) {
  const { properties } = item.alone || { properties: {} };
  return properties.events || (properties.title ? [properties] : []);
}

function eventItem(one) {
  const words = one.cancelled ? formatMessage(gettext("%(when)s (cancelled)"), one) : one.when;
  return createElement(
    "li",
    {},
    createElement("a", { href: one.url }, one.title),
    " ",
    createElement("span", {}, words),
  );
}

const look = (colour, lift) => ({
  size: () => 38,
  lift,
  icon: (item) =>
    L.divIcon({ html: leaf(item.count, colour), className: "marker marker--event", iconSize: [34, 42], iconAnchor: [17, 41] }),
  name(item) {
    const here = eventsOf(item);
    if (here.length) return here.map((one) => `${one.kind}: ${one.title}, ${one.when}`).join("; ");
    const words = ngettext("%(n)s event. Zoom in", "%(n)s events. Zoom in", item.count);
    return formatMessage(words, { n: formatNumber(item.count) });
  },
  hint(item) {
    const here = eventsOf(item);
    if (!here.length) return createElement("b", {}, this.name(item));
    const lines = here.map((one) => createElement("li", {}, one.title, createElement("span", {}, one.when)));
    return createElement("ul", { class: "map-hint__names" }, ...lines);
  },
  open(map, item) {
    const here = eventsOf(item);
    const title = ngettext("Event", "Events here", here.length);
    openPopupWith(map, item.at, createElement("ul", { class: "popup__links" }, ...here.map(eventItem)), title);
  },
});

// Over the pledges, of which there are more, and what is to come over what has been.
const UPCOMING = look("#7c2855", 600);
const PAST = look("#4c6272", 300);

export const upcomingEventClusters = (map, options) => clusters(map, options, UPCOMING);
export const pastEventClusters = (map, options) => clusters(map, options, PAST);
