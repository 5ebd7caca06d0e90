/* While a pledge is written: similar ones to join. */
(function (app) {
  "use strict";

  app.writing(document.getElementById("making"), {
    values: (input) =>
      Object.fromEntries(["organisation", "chosen", "postcode"].map((name) => [name, (input(name) || {}).value || ""])),
    title: gettext("Others have pledged something like this"),
    number: (n) => interpolate(ngettext("%s similar pledge", "%s similar pledges", n), [n]),
    item: (one) => {
      const joined = one.joins && interpolate(ngettext("%s has joined", "%s have joined", one.joins), [app.number(one.joins)]);
      return [
        app.element("p", { dir: "auto" }, one.text),
        app.element("p", { class: "quiet" }, [one.place, joined].filter(Boolean).join(" · ")),
        app.linkTo(one.join, gettext("Join this pledge"), one.text),
      ];
    },
    watched: ["text", "postcode"],
    choices: ["organisation"],
  });
})(window.changemap);
