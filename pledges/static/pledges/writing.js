/* While somebody writes: what others wrote like it, organisations by name, the place at hand. */
(function (app) {
  "use strict";

  const WAIT = 500; // ms of rest before similar ones are looked up
  const SHORTEST = 12; // letters

  /* `values` are what the search for similar ones is sent beside the text; `title` stands over
     them, `number` says how many there are, `item` makes the line of one; `watched` are the fields
     whose words, and `choices` those whose choice, begin a new search. */
  app.writing = function (form, { values, title, number, item, watched, choices = [] }) {
    const input = (name) => form.querySelector(`[name=${name}]`);
    const box = document.getElementById("similar");
    let shown = "";

    async function post(address, sent) {
      const token = input("csrfmiddlewaretoken").value;
      const response = await fetch(address, {
        method: "POST",
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        body: new URLSearchParams(sent),
        credentials: "same-origin",
      });
      if (!response.ok) throw new app.Refused(response.status, "");
      return response.json();
    }

    function organisations() {
      const words = input("organisation");
      const chosen = () => form.querySelector("[name=chosen][type=hidden]");
      app.combobox(words, {
        source: async (typed, signal) =>
          (await app.json(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, signal)).map((one) => ({
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
        app.element("h2", {}, title),
        app.element("ul", {}, ...found.map((one) => app.element("li", {}, ...item(one)))),
        app.element("p", { class: "nhsuk-u-visually-hidden", role: "status" }, number(found.length)),
      );
      // They were seen: there is no need of a page that shows them again.
      if (found.length && !input("reviewed")) {
        form.append(app.element("input", { type: "hidden", name: "reviewed", value: "1" }));
      }
    }

    async function look() {
      const text = input("text").value.trim();
      if (text.length < SHORTEST) {
        show([]);
        return;
      }
      try {
        const found = await post(form.dataset.similar, { text, ...values(input) });
        if (input("text").value.trim() === text) show(found);
      } catch {
        show([]); // a help, and never in the way
      }
    }

    function locate() {
      const button = document.getElementById("locate");
      const message = document.getElementById("locate-message");
      button.hidden = !navigator.geolocation;
      button.addEventListener("click", () => {
        message.textContent = gettext("Finding where you are…");
        navigator.geolocation.getCurrentPosition(
          async ({ coords }) => {
            try {
              const at = { lat: coords.latitude.toFixed(3), lon: coords.longitude.toFixed(3) };
              const { outcode } = await post(form.dataset.here, at);
              if (outcode) input("postcode").value = outcode;
              message.textContent = outcode
                ? interpolate(gettext("You are in %s."), [outcode])
                : gettext("There is no postcode there. Type one instead.");
            } catch {
              message.textContent = gettext("We cannot tell just now. Type your postcode instead.");
            }
          },
          () => (message.textContent = gettext("Your browser did not give your location. Type your postcode instead.")),
          { maximumAge: 60000, timeout: 10000 },
        );
      });
    }

    organisations();
    locate();
    const later = app.later(WAIT, look);
    for (const name of watched) input(name).addEventListener("input", later);
    form.addEventListener("change", ({ target }) => choices.includes(target.name) && later());
    const summary = form.parentElement.querySelector(".nhsuk-error-summary");
    if (summary) summary.focus();
  };

  /* A link that says what it is of to who hears it alone. */
  app.linkTo = function (address, words, text) {
    const link = app.element("a", { href: address }, words);
    link.append(app.element("span", { class: "nhsuk-u-visually-hidden" }, `: ${text}`));
    return link;
  };
})(window.changemap);
