/* While a post is written: similar posts to support, organisations by name, the place at hand. */
(function (app) {
  "use strict";

  const WAIT = 500; // ms of rest before similar posts are looked up
  const SHORTEST = 12; // letters
  const form = document.getElementById("posting");
  if (!form) return;
  const input = (name) => form.querySelector(`[name=${name}]`);

  async function post(address, values) {
    const token = input("csrfmiddlewaretoken").value;
    const response = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      body: new URLSearchParams(values),
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
      },
      says: (n) => interpolate(ngettext("%s suggestion", "%s suggestions", n), [n]),
    });
    // What was chosen belongs to the words it was chosen for.
    words.addEventListener("input", () => {
      if (chosen()) chosen().value = "";
    });
  }

  const box = document.getElementById("similar");
  let shown = "";

  function item(one) {
    const support = app.element("a", { href: one.support }, gettext("Support this post"));
    support.append(app.element("span", { class: "nhsuk-u-visually-hidden" }, `: ${one.text}`));
    const supports = one.supports && interpolate(ngettext("%s person supports it", "%s people support it", one.supports), [app.number(one.supports)]);
    return app.element(
      "li",
      {},
      app.element("p", { dir: "auto" }, one.text),
      app.element("p", { class: "quiet" }, [one.about, supports].filter(Boolean).join(" · ")),
      support,
    );
  }

  function show(found) {
    const keys = found.map((one) => one.id).join();
    if (keys === shown) return;
    shown = keys;
    box.hidden = found.length === 0;
    box.replaceChildren(
      app.element("h2", {}, gettext("Others have said something like this")),
      app.element("ul", {}, ...found.map(item)),
      app.element("p", { class: "nhsuk-u-visually-hidden", role: "status" },
        interpolate(ngettext("%s similar post", "%s similar posts", found.length), [found.length])),
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
    const theme = form.querySelector("[name=theme]:checked");
    try {
      const found = await post(form.dataset.similar, { text, theme: theme ? theme.value : "" });
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
  input("text").addEventListener("input", later);
  form.addEventListener("change", (event) => event.target.name === "theme" && later());
  const summary = form.parentElement.querySelector(".nhsuk-error-summary");
  if (summary) summary.focus();
})(window.changemap);
