/* Keys of the moderators' pages. They can be switched off, as any letter may be somebody's command. */

import { readStored, store } from "../../geo/lib/storage.js";

const STORED = "moderation-keys";
const button = document.getElementById("keys-switch");
const page = document.querySelector("[data-keys]");
let on = readStored(STORED) !== "off";

function show() {
  button.hidden = false;
  button.setAttribute("aria-pressed", String(on));
}

function move(step) {
  const links = [...page.querySelectorAll(".queue__text a")];
  const at = links.indexOf(document.activeElement);
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
  if (next) next.focus();
}

function choose(number) {
  const radios = page.querySelectorAll("#decide [name=outcome]");
  const radio = radios[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus();
}

const focus = (selector) => {
  const found = page.querySelector(selector);
  if (found) found.focus();
};

const acts = {
  list: { j: () => move(1), k: () => move(-1) },
  case: {
    1: () => choose(1),
    2: () => choose(2),
    3: () => choose(3),
    r: () => focus("#id_ground"),
    d: () => focus("#decide [type=submit]"),
    u: () => document.getElementById("back").click(),
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("textarea, select, input:not([type=radio])");
  if (!on || !page || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = acts[page.dataset.keys][event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

button.addEventListener("click", () => {
  on = !on;
  store(STORED, on ? "on" : "off");
  show();
});
show();
