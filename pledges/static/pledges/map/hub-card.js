/* The card of the visitor's hub, once a place is known. */

import { createElement } from "../../geo/lib/dom.js";
import { subscribe } from "../../geo/lib/events.js";
import { formatMessage, formatNumber } from "../../geo/lib/format.js";
import { fetchJson, fillUrl, isAborted } from "../../geo/lib/http.js";

const METRES_A_MILE = 1609.344;

/* A distance in words. */
export function distance(metres) {
  const miles = metres / METRES_A_MILE;
  if (miles < 1) return gettext("less than a mile away");
  const shown = Math.round(miles);
  return formatMessage(ngettext("%(n)s mile away", "%(n)s miles away", shown), { n: formatNumber(shown) });
}

function card({ containing, nearest }, page) {
  const own = containing || nearest;
  const { name, welcome, email, place } = own.properties;
  const link = createElement("a", { href: fillUrl(page, own.properties) }, name);
  const same = own.id === nearest.id;
  const where = same
    ? formatMessage(gettext("In %(place)s, %(far)s"), { place, far: distance(nearest.properties.distance_m) })
    : formatMessage(gettext("In %(place)s"), { place });
  const also = { name: nearest.properties.name, far: distance(nearest.properties.distance_m) };
  return [
    createElement("h2", { class: "hub-card__title" }, link),
    createElement("p", { class: "hub-card__where" }, where),
    ...(welcome ? [createElement("p", {}, welcome)] : []),
    createElement("p", {}, createElement("a", { href: `mailto:${email}` }, email)),
    ...(same ? [] : [createElement("p", {}, formatMessage(gettext("Nearer to you: %(name)s, %(far)s."), also))]),
  ];
}

export function startHubCard({ hub, hubPage }) {
  const place = document.getElementById("hub");
  let request = null;

  async function show({ at, postcode }) {
    if (request) request.abort();
    request = new AbortController();
    try {
      const point = `lat=${at.lat.toFixed(3)}&lon=${at.lng.toFixed(3)}`;
      const query = postcode ? `postcode=${encodeURIComponent(postcode)}` : point;
      place.replaceChildren(...card(await fetchJson(`${hub}?${query}`, request.signal), hubPage));
      place.hidden = false;
    } catch (error) {
      if (isAborted(error)) return;
      const again = { type: "button", class: "link-button", click: () => show({ at, postcode }) };
      place.replaceChildren(
        createElement("p", {}, gettext("Your nearest hub could not be found just now."), " "),
        createElement("button", again, gettext("Try again")),
      );
      place.hidden = false;
    }
  }
  subscribe("place-chosen", show);
}
