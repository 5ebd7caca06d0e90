/* Nothing typed is lost: kept by this tab alone until it is sent, and sent only when it arrives. */
(function (app) {
  "use strict";

  const KEPT = "changemap.pledge";
  const REST = 300; // ms
  const OURS = ["csrfmiddlewaretoken", "website", "reviewed"]; // the page's own, not what was typed
  const OF_PLACE = ["organisation", "chosen", "not_listed", "show"];
  const form = document.getElementById("making");
  const note = document.getElementById("kept");
  const message = document.getElementById("not-sent");
  let sending = false;
  let sent = false;

  /* A browser may refuse its storage, as in a private window: then there is no draft. */
  function store(action) {
    try {
      return action(window.sessionStorage);
    } catch {
      return null;
    }
  }

  const forget = () => store((storage) => storage.removeItem(KEPT));

  function keep() {
    if (sent) return;
    const pairs = [...new FormData(form)].filter(([name]) => !OURS.includes(name));
    store((storage) => storage.setItem(KEPT, JSON.stringify(pairs)));
  }

  function fill(name, value) {
    for (const field of form.elements) {
      if (field.name !== name) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
      else field.value = value;
    }
  }

  /* Only into an empty form: one that came back from the server holds what was sent. */
  function restore() {
    const pairs = JSON.parse(store((storage) => storage.getItem(KEPT)) || "[]");
    if (!("fresh" in form.dataset) || !pairs.length) return;
    const asked = form.elements.organisation.value; // "Pledge here" named one
    for (const [name, value] of pairs) if (!asked || !OF_PLACE.includes(name)) fill(name, value);
    note.hidden = false;
    form.dispatchEvent(new Event("change"));
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
      if (answer.status >= 500) throw new app.Refused(answer.status, "");
      sent = answer.type === "opaqueredirect";
      if (sent) forget();
      // Once more, to go on to where the answer leads: by its key the server knows it again.
      form.submit();
    } catch {
      sending = false;
      message.textContent = gettext("We could not send it just now. Nothing is lost: please try again in a minute.");
    }
  }

  restore();
  form.addEventListener("input", app.later(REST, keep));
  form.addEventListener("submit", send);
  note.querySelector("button").addEventListener("click", () => {
    forget();
    sent = true;
    form.reset();
    window.location.reload();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sending = sent = false; // gone back to
  });
})(window.changemap);
