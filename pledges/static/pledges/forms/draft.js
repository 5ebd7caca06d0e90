/* Nothing typed is lost: stored by this tab alone until it is sent, and sent only when it arrives. */

import { HttpError } from "../../geo/lib/http.js";
import { readStored, removeStored, store } from "../../geo/lib/storage.js";
import { debounce } from "../../geo/lib/timing.js";

const DRAFT = "changemap.pledge";
const AREA = "sessionStorage";
const REST = 300; // ms
const OURS = ["csrfmiddlewaretoken", "website", "reviewed"]; // the page's own, not what was typed
const OF_PLACE = ["organisation", "chosen", "not_listed", "show"];

/* Of a form's pairs, those that somebody typed or chose. */
export const typedPairs = (pairs) => [...pairs].filter(([name]) => !OURS.includes(name));

/* The pairs of a draft to fill in; a form that names an organisation already keeps its place. */
export const pairsToRestore = (pairs, hasOrganisation) =>
  pairs.filter(([name]) => !hasOrganisation || !OF_PLACE.includes(name));

function fill(form, name, value) {
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
    else field.value = value;
  }
}

/* Only into an empty form: one that came back from the server holds what was sent. */
function restore(form, note) {
  const pairs = JSON.parse(readStored(DRAFT, AREA) || "[]");
  if (!("fresh" in form.dataset) || !pairs.length) return;
  const hasOrganisation = Boolean(form.elements.organisation.value); // "Pledge here" named one
  for (const [name, value] of pairsToRestore(pairs, hasOrganisation)) fill(form, name, value);
  note.hidden = false;
  form.dispatchEvent(new Event("change"));
}

export function keepDraft(form) {
  const note = document.getElementById("kept");
  const message = document.getElementById("not-sent");
  let sending = false;
  let sent = false;

  function keep() {
    if (!sent) store(DRAFT, JSON.stringify(typedPairs(new FormData(form))), AREA);
  }

  async function send(event) {
    event.preventDefault();
    if (sending) return;
    sending = true;
    keep();
    message.textContent = "";
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (answer.status >= 500) throw new HttpError(answer.status, "");
      sent = answer.type === "opaqueredirect";
      if (sent) removeStored(DRAFT, AREA);
      // Once more, to go on to where the answer leads: by its key the server knows it again.
      form.submit();
    } catch {
      sending = false;
      message.textContent = gettext("We could not send it just now. Nothing is lost: please try again in a minute.");
    }
  }

  restore(form, note);
  form.addEventListener("input", debounce(REST, keep));
  form.addEventListener("submit", send);
  note.querySelector("button").addEventListener("click", () => {
    removeStored(DRAFT, AREA);
    sent = true;
    form.reset();
    window.location.reload();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sending = sent = false; // gone back to
  });
}
