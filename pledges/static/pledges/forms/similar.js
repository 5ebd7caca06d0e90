/* A form that is being filled in: similar texts of others, organisations by name, the place at hand. */

import { combobox } from "../../geo/forms/combobox.js";
import { createElement } from "../../geo/lib/dom.js";
import { locateOnClick } from "../../geo/lib/geolocation.js";
import { fetchJson, postJson } from "../../geo/lib/http.js";
import { debounce } from "../../geo/lib/timing.js";

const WAIT = 500; // ms of rest before similar ones are looked up
const SHORTEST = 12; // letters

/* `values` are what the search for similar ones is sent beside the text; `title` stands over
   them, `number` says how many there are, `item` makes the line of one; `watched` are the fields
   whose words, and `choices` those whose choice, begin a new search. */
export function suggestSimilar(form, { values, title, number, item, watched, choices = [] }) {
  const input = (name) => form.querySelector(`[name=${name}]`);
  const box = document.getElementById("similar");
  let shown = "";

  function organisations() {
    const words = input("organisation");
    const chosen = () => form.querySelector("[name=chosen][type=hidden]");
    combobox(words, {
      source: async (typed, signal) =>
        (await fetchJson(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, signal)).map((one) => ({
          label: one.name,
          detail: [one.also, one.place].filter(Boolean).join(", "),
          code: one.code,
        })),
      chosen: (option) => {
        if (chosen()) chosen().value = option.code;
        if (choices.includes("organisation")) look();
      },
      says: (n) => interpolate(ngettext("%s suggestion", "%s suggestions", n), [n]),
    });
    // What was chosen belongs to the words it was chosen for.
    words.addEventListener("input", () => {
      if (chosen()) chosen().value = "";
    });
  }

  function show(found) {
    const keys = found.map((one) => one.id).join();
    if (keys === shown) return;
    shown = keys;
    box.hidden = found.length === 0;
    box.replaceChildren(
      createElement("h2", {}, title),
      createElement("ul", {}, ...found.map((one) => createElement("li", {}, ...item(one)))),
      createElement("p", { class: "nhsuk-u-visually-hidden", role: "status" }, number(found.length)),
    );
    // They were seen: there is no need of a page that shows them again.
    if (found.length && !input("reviewed")) {
      form.append(createElement("input", { type: "hidden", name: "reviewed", value: "1" }));
    }
  }

  async function look() {
    const text = input("text").value.trim();
    if (text.length < SHORTEST) {
      show([]);
      return;
    }
    try {
      const found = await postJson(form.dataset.similar, form, { text, ...values(input) });
      if (input("text").value.trim() === text) show(found);
    } catch {
      show([]); // a help, and never in the way
    }
  }

  async function here(at) {
    const message = document.getElementById("locate-message");
    try {
      const { outcode } = await postJson(form.dataset.here, form, at);
      if (outcode) input("postcode").value = outcode;
      message.textContent = outcode
        ? interpolate(gettext("You are in %s."), [outcode])
        : gettext("There is no postcode there. Type one instead.");
    } catch {
      message.textContent = gettext("We cannot tell just now. Type your postcode instead.");
    }
  }

  function locate() {
    const message = document.getElementById("locate-message");
    const failed = gettext("Your browser did not give your location. Type your postcode instead.");
    locateOnClick(document.getElementById("locate"), {
      started: () => (message.textContent = gettext("Finding where you are…")),
      found: here,
      failed: () => (message.textContent = failed),
    });
  }

  organisations();
  locate();
  const lookLater = debounce(WAIT, look);
  for (const name of watched) input(name).addEventListener("input", lookLater);
  form.addEventListener("change", ({ target }) => choices.includes(target.name) && lookLater());
  const summary = form.parentElement.querySelector(".nhsuk-error-summary");
  if (summary) summary.focus();
}

/* A link that says what it is of to who hears it alone. */
export function linkTo(address, words, text) {
  const link = createElement("a", { href: address }, words);
  link.append(createElement("span", { class: "nhsuk-u-visually-hidden" }, `: ${text}`));
  return link;
}
