/* The list beside the map: what is in view, newest first, in step with it. */

import { createElement } from "../../geo/lib/dom.js";
import { publish, subscribe } from "../../geo/lib/events.js";
import { HttpError, fetchFragment, isAborted } from "../../geo/lib/http.js";
import { debounce } from "../../geo/lib/timing.js";
import * as view from "../../geo/map/view.js";
import { loadMore } from "../lists/load-more.js";
import { filterString } from "./filters.js";

const SHRINK = 1e-6; // degrees; what lies on the edge of the view is in it

/* The filters' query string with the box of Leaflet's bounds. */
export function boxQuery(filters, bounds) {
  const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const box = `bbox=${edges.map((edge) => edge.toFixed(5)).join(",")}`;
  return filters ? `${filters}&${box}` : box;
}

class List {
  constructor(map, address) {
    this.map = map;
    this.address = address;
    this.place = document.getElementById("listing");
    this.shown = filterString(); // what the server put there: the whole country
    this.load = debounce(250, () => this.fetch());
    this.load();
    map.on("moveend", () => this.load());
    subscribe("filters-changed", () => this.load());
    subscribe("retry", () => this.load());
    subscribe("reload-list", () => {
      this.shown = null;
      this.load();
    });
    this.place.addEventListener("click", (event) => this.clicked(event));
    this.place.addEventListener("pointerover", (event) => this.point(event.target));
    this.place.addEventListener("focusin", (event) => this.point(event.target));
    this.place.addEventListener("pointerleave", () => this.point(null));
    this.place.addEventListener("focusout", () => this.point(null));
  }

  /* With the whole country in view no box is sent: the totals are stored for that. */
  query() {
    const bounds = this.bounds();
    return bounds.contains(this.map.home) ? filterString() : boxQuery(filterString(), bounds);
  }

  /* What of the map is not covered by the sheet of a phone. */
  bounds() {
    const { paddingBottomRight = [0, 0] } = view.padding();
    const size = this.map.getSize();
    const corner = this.map.containerPointToLatLng([0, Math.max(40, size.y - paddingBottomRight[1])]);
    const opposite = this.map.containerPointToLatLng([size.x, 0]);
    const clamp = (value, most) => Math.max(-most, Math.min(most, value));
    return L.latLngBounds(
      [clamp(corner.lat, 90), clamp(corner.lng - SHRINK, 180)],
      [clamp(opposite.lat, 90), clamp(opposite.lng + SHRINK, 180)],
    );
  }

  async fetch() {
    const query = this.query();
    if (this.shown === query) return;
    if (this.request) this.request.abort();
    this.request = new AbortController();
    this.place.setAttribute("aria-busy", "true");
    try {
      const content = await fetchFragment(`${this.address}?${query}`, this.request.signal);
      this.shown = query;
      this.fill(content);
    } catch (error) {
      if (isAborted(error)) return;
      this.shown = null;
      this.failed(error);
    }
    this.place.removeAttribute("aria-busy");
  }

  fill(content) {
    const had = this.place.contains(document.activeElement);
    this.place.replaceChildren(content);
    if (had) document.getElementById("list").focus({ preventScroll: true });
    const count = document.getElementById("in-view");
    const shown = count ? count.dataset.count : "";
    publish("list-loaded", {
      words: count ? count.dataset.words || count.textContent.trim() : "",
      count: shown === "" ? null : Number(shown),
    });
  }

  failed(error) {
    const words = error instanceof HttpError ? error.message : "";
    this.place.replaceChildren(
      createElement(
        "div",
        { class: "empty" },
        createElement("p", {}, gettext("The list could not be loaded."), " ", words),
        createElement(
          "button",
          { type: "button", class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small", click: () => this.fetch() },
          gettext("Try again"),
        ),
      ),
    );
  }

  async clicked(event) {
    const home = event.target.closest("[data-home]");
    const more = event.target.closest("[data-more]");
    if (!home && !more) return;
    event.preventDefault();
    if (home) view.home(this.map);
    else loadMore(more);
  }

  /* Ring the place of the pledge that the pointer or the focus is on. */
  point(target) {
    const item = target && target.closest("[data-at]");
    if (this.ring) this.ring.remove();
    this.ring = null;
    if (!item) return;
    const at = item.dataset.at.split(",").map(Number);
    this.ring = L.circleMarker(at, { radius: 17, color: "#212b32", weight: 3, fill: false, interactive: false });
    this.ring.addTo(this.map);
  }
}

let list = null;

/* What the list asks for now: the filters, and the box in view where that is not the whole country. */
export const listQuery = () => list.query();

export function startList(map, addresses) {
  list = new List(map, addresses.list);
}
