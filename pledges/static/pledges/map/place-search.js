/* Search for a place, or take the visitor's own; what was searched for stays out of the address. */

import { combobox } from "../../geo/forms/combobox.js";
import { createElement, motionAllowed } from "../../geo/lib/dom.js";
import { publish, subscribe } from "../../geo/lib/events.js";
import { formatMessage } from "../../geo/lib/format.js";
import { locateOnClick } from "../../geo/lib/geolocation.js";
import { HttpError, fetchJson } from "../../geo/lib/http.js";
import * as view from "../../geo/map/view.js";

// These name one thing; for the others, several answers are a choice to make.
const UNMISTAKABLE = ["postcode", "sector", "outcode", "coordinates", "grid-reference"];
const CLOSE = 13; // zoom for a point
const WIDEST = 7; // zoom beyond which nothing is "near"
const COARSE = 100; // the view's middle goes to a hundredth of a degree: the street stays private

/* Whether the answers of a search leave nothing to choose. */
export const isUnambiguous = (features) =>
  features.length === 1 || UNMISTAKABLE.includes(features[0].properties.kind);

export const coarse = (degrees) => Math.round(degrees * COARSE) / COARSE;

class Search {
  constructor(map, { geocode, suggest, reverse }) {
    this.map = map;
    this.geocode = geocode;
    this.suggest = suggest;
    this.reverse = reverse;
    this.form = document.getElementById("finder");
    this.input = document.getElementById("place");
    this.message = document.getElementById("finder-message");
    this.box = combobox(this.input, {
      source: (words, signal) => this.candidates(words, signal),
      chosen: (option) => this.go(option.feature),
      says: (n) => interpolate(ngettext("%s suggestion", "%s suggestions", n), [n]),
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.find(this.input.value.trim());
    });
    subscribe("list-loaded", ({ count }) => this.widen(count));
    this.locate();
  }

  async candidates(words, signal) {
    const address = `${this.suggest}?q=${encodeURIComponent(words)}`;
    return this.options((await fetchJson(address, signal)).features);
  }

  options(features) {
    return features.map((feature) => ({
      label: feature.properties.label,
      detail: this.detail(feature),
      feature,
    }));
  }

  detail({ properties }) {
    const kinds = {
      postcode: gettext("Postcode"),
      outcode: gettext("First half of a postcode"),
      sector: gettext("Part of a postcode"),
      organisation: gettext("Organisation"),
      area: gettext("Area"),
      place: gettext("Place"),
      "grid-reference": gettext("Grid reference"),
      coordinates: gettext("Coordinates"),
    };
    return kinds[properties.kind] || "";
  }

  async find(words) {
    this.box.stop();
    if (!words) {
      this.tell(gettext("Type a postcode, a place or an organisation."), true);
      this.input.focus();
      return;
    }
    this.tell(gettext("Searching…"));
    try {
      const { features } = await fetchJson(`${this.geocode}?q=${encodeURIComponent(words)}`);
      if (!features.length) {
        this.tell(gettext("We cannot find that place. Try a full postcode, or a town."), true);
        this.input.focus();
        return;
      }
      if (isUnambiguous(features)) this.go(features[0]);
      else this.choose(features);
    } catch (error) {
      this.tell(this.reason(error), true);
      this.input.focus();
    }
  }

  choose(features) {
    this.tell(gettext("Which one do you mean?"));
    this.input.focus();
    this.box.offer(this.options(features));
  }

  go(feature) {
    const [lng, lat] = feature.geometry.coordinates;
    const { label, note } = feature.properties;
    this.tell([formatMessage(gettext("Showing %(place)s."), { place: label }), note].filter(Boolean).join(" "));
    this.show(L.latLng(lat, lng), feature.bbox, feature.properties);
  }

  /* Move there, mark it, and tell who wants to know where the visitor looks. */
  show(at, bbox, { kind, code }) {
    if (this.mark) this.mark.remove();
    const icon = L.divIcon({ className: "here", iconSize: [20, 20], html: createElement("span") });
    this.mark = L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 });
    this.mark.addTo(this.map);
    this.mark.getElement().setAttribute("aria-hidden", "true");
    const move = { animate: motionAllowed(), ...view.padding() };
    if (bbox) {
      const [west, south, east, north] = bbox;
      this.map.fitBounds([[south, west], [north, east]], { maxZoom: CLOSE + 1, ...move });
    } else {
      const zoom = kind === "organisation" ? CLOSE + 1 : CLOSE;
      const middle = L.latLng(coarse(at.lat), coarse(at.lng));
      this.map.fitBounds(middle.toBounds(10), { maxZoom: zoom, ...move });
    }
    this.empty = true; // until the list says otherwise
    // A postcode's own code decides its hub, where a boundary might say otherwise.
    publish("place-chosen", { at, postcode: kind === "postcode" ? code : "" });
  }

  /* Nobody there has pledged yet: look wider, so that a search never ends at an empty map. */
  widen(count) {
    const wider = this.map.getZoom() - 2;
    if (!this.empty || count !== 0 || wider < WIDEST) {
      this.empty = false;
      return;
    }
    this.tell(gettext("There are no pledges close by yet. This is the wider area."));
    this.map.setZoom(wider, { animate: motionAllowed() });
  }

  tell(words, wrong = false) {
    this.message.textContent = words;
    this.message.classList.toggle("is-wrong", wrong);
    if (wrong) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  locate() {
    const failed = gettext("Your browser did not give your location. Search for a place instead.");
    locateOnClick(document.getElementById("locate"), {
      started: () => this.tell(gettext("Finding where you are…")),
      found: (at) => this.here(at),
      failed: () => this.tell(failed, true),
    });
  }

  async here({ lat, lon }) {
    try {
      const { properties } = await fetchJson(`${this.reverse}?lat=${Number(lat)}&lon=${Number(lon)}`);
      const place = properties.place || (properties.district || {}).name;
      this.tell(place ? formatMessage(gettext("Showing %(place)s."), { place }) : gettext("Showing where you are."));
      this.show(L.latLng(lat, lon), null, { kind: "here" });
    } catch (error) {
      this.tell(this.reason(error), true);
    }
  }

  /* What is said of a search that failed. */
  reason(error) {
    const known = error instanceof HttpError && error.status < 500 && error.message;
    return known || gettext("The search cannot answer just now. Please try again.");
  }
}

export function startPlaceSearch(map, addresses) {
  new Search(map, addresses);
}
