/*
 * An input with suggestions (ARIA 1.2 combobox with a listbox). Without this script the input is
 * an ordinary one in an ordinary form.
 */

import { createElement } from "../lib/dom.js";
import { isAborted } from "../lib/http.js";
import { debounce } from "../lib/timing.js";

const WAIT = 160; // ms of rest before a request

/*
 * What a key does: null for nothing of ours, or one of { action: "mark", index }, "choose", "close",
 * "reopen" (the options are there already) and "ask" (for options). One place beyond either end of
 * the list is the input itself, of index -1.
 */
export function keyAction(key, { open, active, count, typed }) {
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (!open) return { action: count && typed ? "reopen" : "ask" };
    const places = count + 1;
    const step = key === "ArrowDown" ? 1 : -1;
    return { action: "mark", index: ((active + 1 + step + places) % places) - 1 };
  }
  if (!open) return null;
  if (key === "Escape") return { action: "close" };
  return ["Enter", "Tab"].includes(key) && active >= 0 ? { action: "choose" } : null;
}

/*
 * `source(words, signal)` answers [{label, detail, ...}]; `chosen(option)` is called with one of
 * them. `says(n)` are the words about the number of suggestions.
 */
export function combobox(input, { source, chosen, says, least = 2 }) {
  const id = input.id;
  const list = createElement("ul", { class: "combobox__list", id: `${id}-list`, role: "listbox", hidden: true });
  list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent.trim() : "");
  const status = createElement("div", { class: "nhsuk-u-visually-hidden", role: "status" });
  let options = [];
  let active = -1;
  let request = null;
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
        createElement(
          "li",
          { class: "combobox__option", id: `${id}-option-${index}`, role: "option", "aria-selected": "false" },
          createElement("span", { class: "combobox__label" }, option.label),
          ...(option.detail ? [createElement("span", { class: "combobox__detail" }, option.detail)] : []),
        ),
      ),
    );
    active = -1;
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    status.textContent = says(options.length);
  }

  const ask = debounce(WAIT, async () => {
    const words = input.value.trim();
    if (!waiting || words.length < least || document.activeElement !== input) return;
    request = new AbortController();
    try {
      const found = await source(words, request.signal);
      if (waiting && input.value.trim() === words) fill(found);
    } catch (error) {
      if (!isAborted(error)) close();
    }
  });

  function stop() {
    waiting = false;
    if (request) request.abort();
    close();
  }

  input.addEventListener("input", () => {
    waiting = true;
    if (request) request.abort();
    if (input.value.trim().length < least) close();
    ask();
  });
  const acts = {
    mark: ({ index }) => mark(index),
    choose: () => choose(options[active]),
    close,
    reopen: () => fill(options),
    ask() {
      waiting = true;
      ask();
    },
  };
  input.addEventListener("keydown", (event) => {
    const typed = Boolean(input.value.trim());
    const next = keyAction(event.key, { open: !list.hidden, active, count: options.length, typed });
    if (!next) return;
    if (event.key !== "Tab") event.preventDefault();
    acts[next.action](next);
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
}
