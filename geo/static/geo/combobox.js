/*
 * An input with suggestions (ARIA 1.2 combobox with a listbox). Without this script the input is
 * an ordinary one in an ordinary form.
 */
(function (app) {
  "use strict";

  const WAIT = 160; // ms of rest before a request

  /*
   * `source(words, signal)` answers [{label, detail, ...}]; `chosen(option)` is called with one of
   * them. `says(n)` are the words about the number of suggestions.
   */
  app.combobox = function (input, { source, chosen, says, least = 2 }) {
    const id = input.id;
    const list = app.element("ul", { class: "combobox__list", id: `${id}-list`, role: "listbox", hidden: true });
    list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent.trim() : "");
    const status = app.element("div", { class: "nhsuk-u-visually-hidden", role: "status" });
    let options = [];
    let active = -1;
    let asked = null;
    let waiting = false; // for suggestions to words that are still being typed

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("autocomplete", "off");
    input.parentElement.append(list, status);

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
      const items = [...list.children];
      if (items[active]) items[active].setAttribute("aria-selected", "false");
      active = index;
      if (!items[active]) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      items[active].setAttribute("aria-selected", "true");
      items[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[active].id);
    }

    function choose(option) {
      stop();
      input.value = option.label;
      chosen(option);
    }

    function fill(found) {
      options = found;
      list.replaceChildren(
        ...options.map((option, index) =>
          app.element(
            "li",
            { class: "combobox__option", id: `${id}-option-${index}`, role: "option", "aria-selected": "false" },
            app.element("span", { class: "combobox__label" }, option.label),
            ...(option.detail ? [app.element("span", { class: "combobox__detail" }, option.detail)] : []),
          ),
        ),
      );
      active = -1;
      list.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
      status.textContent = says(options.length);
    }

    const ask = app.later(WAIT, async () => {
      const words = input.value.trim();
      if (!waiting || words.length < least || document.activeElement !== input) return;
      asked = new AbortController();
      try {
        const found = await source(words, asked.signal);
        if (waiting && input.value.trim() === words) fill(found);
      } catch (error) {
        if (!app.dropped(error)) close();
      }
    });

    function stop() {
      waiting = false;
      if (asked) asked.abort();
      close();
    }

    input.addEventListener("input", () => {
      waiting = true;
      if (asked) asked.abort();
      if (input.value.trim().length < least) close();
      ask();
    });
    input.addEventListener("keydown", (event) => {
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) {
          if (options.length && input.value.trim()) fill(options);
          else {
            waiting = true;
            ask();
          }
          return;
        }
        // One place beyond either end is the input itself.
        const places = options.length + 1;
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(((active + 1 + step + places) % places) - 1);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        choose(options[active]);
      } else if (event.key === "Tab" && open && active >= 0) choose(options[active]);
    });
    // The list is chosen from before the input loses the focus.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) choose(options[[...list.children].indexOf(item)]);
    });
    input.addEventListener("blur", close);
    /* Offer these without a request, e.g. the several answers of a search. */
    return { stop, offer: fill };
  };
})(window.changemap);
