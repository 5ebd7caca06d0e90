/* While a text is typed: says what in it tells too much, before anybody else reads it. */
(function (app) {
  "use strict";

  const WAIT = 600; // ms of rest before the text is looked at
  const SHORTEST = 5; // letters
  const says = {
    holds: (found) => interpolate(gettext("This seems to hold %s. A moderator would look at it before others see it. You can take it out."), [found]),
    warns: (found) => interpolate(gettext("This seems to hold %s. Leave it in only if they should have it; never a patient’s."), [found]),
  };

  function watch(field) {
    const token = field.form.querySelector("[name=csrfmiddlewaretoken]");
    const box = app.element("p", { class: "decency", role: "status" }, "");
    box.hidden = true;
    field.after(box);

    async function look() {
      const text = field.value;
      let found = "";
      if (text.trim().length >= SHORTEST) {
        try {
          const response = await fetch(field.dataset.decency, {
            method: "POST",
            headers: { "X-CSRFToken": token.value, Accept: "application/json" },
            body: new URLSearchParams({ text }),
            credentials: "same-origin",
          });
          if (response.ok) found = (await response.json()).words;
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

    field.addEventListener("input", app.later(WAIT, look));
    if (field.value) look();
  }

  document.querySelectorAll("textarea[data-decency]").forEach(watch);
})(window.changemap);
