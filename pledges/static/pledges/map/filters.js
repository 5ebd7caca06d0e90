/* The filters: one form, one query string in the address, told to everything that shows pledges. */

import { combobox } from "../../geo/forms/combobox.js";
import { createElement, opensElsewhere } from "../../geo/lib/dom.js";
import { publish } from "../../geo/lib/events.js";
import { fetchJson, withQuery } from "../../geo/lib/http.js";
import { setFilterQuery } from "../../geo/map/view.js";

const LISTS = ["theme", "who", "i_am"];
const ORDER = ["theme", "who", "i_am", "organisation", "area", "status", "since", "until", "q"];

/* Only what filters, in one order, so that equal filters have equal addresses. */
export function normaliseFilters(words) {
  const given = new URLSearchParams(words);
  const found = new URLSearchParams();
  for (const name of ORDER) {
    const values = given.getAll(name).filter(Boolean);
    if (values.length) found.set(name, LISTS.includes(name) ? values.join(",") : values[0]);
  }
  return found;
}

let query = normaliseFilters(globalThis.location?.search);
setFilterQuery(() => query); // before the first tile is asked for

/* Filters as a query string; commas are what they are in an address that people read. */
export const readableQuery = (params) => params.toString().replaceAll("%2C", ",");

class Filters {
  constructor(form, addresses) {
    this.form = form;
    this.organisation(addresses);
    form.addEventListener("change", (event) => {
      if (event.target !== this.words) this.changed();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.changed();
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-query]");
      if (!link || opensElsewhere(event)) return;
      event.preventDefault();
      this.go(normaliseFilters(link.dataset.query));
      this.fill();
      document.getElementById("list").focus({ preventScroll: true });
    });
    window.addEventListener("popstate", () => {
      const now = normaliseFilters(location.search);
      if (now.toString() === query.toString()) return;
      query = now;
      this.fill();
      this.tell();
    });
  }

  /* The code travels in a hidden field; what people see and type is a name. */
  organisation({ organisations }) {
    this.words = this.form.elements["organisation-words"];
    this.code = createElement("input", { type: "hidden", name: "organisation", value: this.words.value });
    this.words.removeAttribute("name");
    this.words.value = this.words.dataset.name;
    this.form.append(this.code);
    combobox(this.words, {
      source: async (words, signal) =>
        (await fetchJson(`${organisations}?q=${encodeURIComponent(words)}`, signal)).map((one) => ({
          label: one.name,
          detail: one.closed ? gettext("closed") : one.place || "",
          code: one.code,
        })),
      chosen: (one) => this.choose(one.code, one.label),
      says: (n) => interpolate(ngettext("%s organisation", "%s organisations", n), [n]),
    });
    this.words.addEventListener("change", () => {
      if (!this.words.value.trim() && this.code.value) this.choose("", "");
    });
  }

  choose(code, name) {
    this.code.value = code;
    this.words.value = name;
    this.words.dataset.name = name;
    this.changed();
  }

  changed() {
    const { since, until } = this.form.elements;
    const backwards = since.value && until.value && since.value > until.value;
    const message = document.getElementById("filters-message");
    message.textContent = backwards ? gettext("The first day is after the last day.") : "";
    if (!backwards && this.form.reportValidity()) this.go(normaliseFilters(new FormData(this.form)));
  }

  go(next) {
    if (next.toString() === query.toString()) return;
    if (next.get("area") && next.get("area") !== query.get("area")) publish("area-chosen", next.get("area"));
    query = next;
    history.pushState(null, "", withQuery(location.pathname, filterString()) + location.hash);
    this.tell();
  }

  tell() {
    publish("filters-changed");
  }

  /* Put the address's filters into the form. */
  fill() {
    const { elements } = this.form;
    for (const field of elements) {
      if (field.type === "checkbox") {
        field.checked = (query.get(field.name) || "").split(",").includes(field.value);
      } else if (field.type === "radio") {
        field.checked = field.value === (query.get(field.name) || "");
      } else if (field.name && field !== this.code) field.value = query.get(field.name) || "";
    }
    this.code.value = query.get("organisation") || "";
    this.words.value = this.code.value ? this.words.dataset.name || this.code.value : "";
  }
}

/* The query string of the filters that are on. */
export const filterString = () => readableQuery(query);

export function startFilters(addresses) {
  new Filters(document.getElementById("filters"), addresses).fill();
}
