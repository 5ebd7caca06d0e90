/* The filters: one form, one query string in the address, told to everything that shows pledges. */
(function (app) {
  "use strict";

  const LISTS = ["theme", "who", "i_am"];
  const ORDER = ["theme", "who", "i_am", "organisation", "area", "status", "since", "until", "q"];
  /* Only what filters, in one order, so that equal filters have equal addresses. */
  function tidy(words) {
    const given = new URLSearchParams(words);
    const found = new URLSearchParams();
    for (const name of ORDER) {
      const values = given.getAll(name).filter(Boolean);
      if (values.length) found.set(name, LISTS.includes(name) ? values.join(",") : values[0]);
    }
    return found;
  }

  let query = tidy(location.search);
  app.query = () => query;

  /* Commas are what they are in an address that people read. */
  const written = (params) => params.toString().replaceAll("%2C", ",");

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
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.go(tidy(link.dataset.query));
        this.fill();
        document.getElementById("list").focus({ preventScroll: true });
      });
      window.addEventListener("popstate", () => {
        const now = tidy(location.search);
        if (now.toString() === query.toString()) return;
        query = now;
        this.fill();
        this.tell();
      });
    }

    /* The code travels in a hidden field; what people see and type is a name. */
    organisation({ organisations }) {
      this.words = this.form.elements["organisation-words"];
      this.code = app.element("input", { type: "hidden", name: "organisation", value: this.words.value });
      this.words.removeAttribute("name");
      this.words.value = this.words.dataset.name;
      this.form.append(this.code);
      app.combobox(this.words, {
        source: async (words, signal) =>
          (await app.json(`${organisations}?q=${encodeURIComponent(words)}`, signal)).map((one) => ({
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
      if (!backwards && this.form.reportValidity()) this.go(tidy(new FormData(this.form)));
    }

    go(next) {
      if (next.toString() === query.toString()) return;
      if (next.get("area") && next.get("area") !== query.get("area")) app.emit("area", next.get("area"));
      query = next;
      const words = written(query);
      history.pushState(null, "", location.pathname + (words ? `?${words}` : "") + location.hash);
      this.tell();
    }

    tell() {
      app.emit("filters");
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

  app.filters = {
    start(addresses) {
      const filters = new Filters(document.getElementById("filters"), addresses);
      filters.fill();
      return filters;
    },
    string: () => written(query),
  };
})(window.changemap);
