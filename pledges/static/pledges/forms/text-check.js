/* While a text is typed: says what in it tells too much, before anybody else reads it. */

import { createElement } from "../../geo/lib/dom.js";
import { postJson } from "../../geo/lib/http.js";
import { debounce } from "../../geo/lib/timing.js";

const WAIT = 600; // ms of rest before the text is looked at
const SHORTEST = 5; // letters
const says = {
  holds: (found) => interpolate(gettext("This seems to hold %s. A moderator would look at it before others see it. You can take it out."), [found]),
  warns: (found) => interpolate(gettext("This seems to hold %s. Leave it in only if they should have it; never a patient’s."), [found]),
};

function watch(field) {
  const box = createElement("p", { class: "decency", role: "status" }, "");
  box.hidden = true;
  field.after(box);

  async function look() {
    const text = field.value;
    let found = "";
    if (text.trim().length >= SHORTEST) {
      try {
        found = (await postJson(field.dataset.decency, field.form, { text })).words;
      } catch {
        found = ""; // a help, and never in the way: the server looks again
      }
    }
    if (field.value !== text) return;
    const words = found ? (says[field.dataset.decencySays] || says.holds)(found) : "";
    if (box.textContent === words) return;
    box.hidden = !words;
    box.textContent = words;
  }

  field.addEventListener("input", debounce(WAIT, look));
  if (field.value) look();
}

document.querySelectorAll("textarea[data-decency]").forEach(watch);
