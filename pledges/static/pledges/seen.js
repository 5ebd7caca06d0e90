/* The sentence of what others will see, as the form stands; `pledges/pledging/visibility_preview.py` writes the same. */
(function (app) {
  "use strict";

  const REST = 400; // ms, so that a reader of the screen hears whole words
  const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})?$/;
  const ORGANISATION = "1", OUTCODE = "2", REGION = "3"; // where it is shown
  const TEAM = "2", WHOLE = "3"; // who makes it
  const form = document.getElementById("making");
  const box = document.getElementById("others-see");
  const typed = (name) => form.querySelector(`[name=${name}]`).value.trim();
  const picked = (name) => (form.querySelector(`[name=${name}]:checked`) || {}).value;

  const filled = (words, value) => interpolate(words, { name: value, place: value }, true);

  function who() {
    if (picked("who") === TEAM) return typed("team") || gettext("a team");
    if (picked("who") === WHOLE) return gettext("the whole organisation");
    const name = typed("display_name") || gettext("someone");
    const words = {
      1: gettext("%(name)s who works in the NHS"),
      2: gettext("%(name)s who works alongside the NHS"),
      3: gettext("%(name)s, a patient or carer"),
      4: gettext("%(name)s, a member of the public"),
    }[picked("i_am")];
    return words ? filled(words, name) : name;
  }

  function organisation() {
    return form.querySelector("[name=not_listed]").checked ? "" : typed("organisation");
  }

  function place() {
    const show = picked("show");
    if (!show) return "";
    if (show === ORGANISATION) return organisation() && filled(gettext("at %(place)s"), organisation());
    if (show === REGION) return gettext("in your region, not on the map");
    if (show !== OUTCODE) return gettext("not on the map");
    const postcode = typed("postcode").toUpperCase().replace(/\s/g, "").match(POSTCODE);
    return postcode ? filled(gettext("somewhere in %(place)s"), postcode[1]) : "";
  }

  function write() {
    const at = picked("show") === ORGANISATION ? "" : organisation();
    const words = place() && [who(), at, place()].filter(Boolean).join(", ");
    const sentence = words ? interpolate(gettext("Others will see: %(words)s."), { words }, true) : "";
    if (box.textContent.trim() === sentence) return;
    box.hidden = !sentence;
    box.replaceChildren(app.element("p", {}, sentence));
  }

  const later = app.later(REST, write);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
})(window.changemap);
