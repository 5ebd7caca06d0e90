/* While a post is written: similar ones to support. */
(function (app) {
  "use strict";

  const form = document.getElementById("posting");
  if (!form) return;
  app.writing(form, {
    values: () => ({ theme: (form.querySelector("[name=theme]:checked") || {}).value || "" }),
    title: gettext("Others have said something like this"),
    number: (n) => interpolate(ngettext("%s similar post", "%s similar posts", n), [n]),
    item: (one) => {
      const supports = one.supports && interpolate(ngettext("%s person supports it", "%s people support it", one.supports), [app.number(one.supports)]);
      return [
        app.element("p", { dir: "auto" }, one.text),
        app.element("p", { class: "quiet" }, [one.about, supports].filter(Boolean).join(" · ")),
        app.linkTo(one.support, gettext("Support this post"), one.text),
      ];
    },
    watched: ["text"],
    choices: ["theme"],
  });
})(window.changemap);
