/* The sentence of what others will see, as the form stands; `pledges/pledging/visibility_preview.py` writes the same. */

import { createElement } from "../../geo/lib/dom.js";
import { formatMessage } from "../../geo/lib/format.js";
import { debounce } from "../../geo/lib/timing.js";

const REST = 400; // ms, so that a reader of the screen hears whole words
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})?$/;
const ORGANISATION = "1", OUTCODE = "2", REGION = "3"; // where it is shown
const TEAM = "2", WHOLE = "3"; // who makes it

const filled = (words, value) => formatMessage(words, { name: value, place: value });

function who({ who: maker, team, display_name: displayName, i_am: iAm }) {
  if (maker === TEAM) return team || gettext("a team");
  if (maker === WHOLE) return gettext("the whole organisation");
  const name = displayName || gettext("someone");
  const words = {
    1: gettext("%(name)s who works in the NHS"),
    2: gettext("%(name)s who works alongside the NHS"),
    3: gettext("%(name)s, a patient or carer"),
    4: gettext("%(name)s, a member of the public"),
  }[iAm];
  return words ? filled(words, name) : name;
}

function place({ show, organisation, postcode }) {
  if (!show) return "";
  if (show === ORGANISATION) return organisation && filled(gettext("at %(place)s"), organisation);
  if (show === REGION) return gettext("in your region, not on the map");
  if (show !== OUTCODE) return gettext("not on the map");
  const found = postcode.toUpperCase().replace(/\s/g, "").match(POSTCODE);
  return found ? filled(gettext("somewhere in %(place)s"), found[1]) : "";
}

/* The sentence for the form's values by field name; empty until there is a place to tell of. */
export function previewSentence(values) {
  const at = values.show === ORGANISATION ? "" : values.organisation;
  const words = place(values) && [who(values), at, place(values)].filter(Boolean).join(", ");
  return words ? formatMessage(gettext("Others will see: %(words)s."), { words }) : "";
}

export function previewVisibility(form) {
  const box = document.getElementById("others-see");
  const typed = (name) => form.querySelector(`[name=${name}]`).value.trim();
  const picked = (name) => form.querySelector(`[name=${name}]:checked`)?.value;

  function values() {
    const listed = !form.querySelector("[name=not_listed]").checked;
    return {
      who: picked("who"),
      i_am: picked("i_am"),
      show: picked("show"),
      team: typed("team"),
      display_name: typed("display_name"),
      organisation: listed ? typed("organisation") : "",
      postcode: typed("postcode"),
    };
  }

  const write = debounce(REST, () => {
    const sentence = previewSentence(values());
    if (box.textContent.trim() === sentence) return;
    box.hidden = !sentence;
    box.replaceChildren(createElement("p", {}, sentence));
  });
  form.addEventListener("input", write);
  form.addEventListener("change", write);
}
