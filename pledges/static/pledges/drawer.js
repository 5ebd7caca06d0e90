/* The drawer of pledges that are not on the map; without scripts it is a page of its own. */
(function (app) {
  "use strict";

  app.drawer = function () {
    const drawer = document.getElementById("drawer");
    const body = document.getElementById("drawer-body");
    let asked = null;

    async function load(address) {
      if (asked) asked.abort();
      asked = new AbortController();
      body.setAttribute("aria-busy", "true");
      try {
        body.replaceChildren(await app.fragment(address, asked.signal));
        body.scrollTop = 0;
      } catch (error) {
        if (app.dropped(error)) return;
        const again = { type: "button", class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small", click: () => load(address) };
        body.replaceChildren(
          app.element("p", {}, gettext("The list could not be loaded.")),
          app.element("button", again, gettext("Try again")),
        );
      }
      body.removeAttribute("aria-busy");
    }

    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-drawer]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      body.replaceChildren(app.element("p", {}, gettext("Loading…")));
      drawer.showModal();
      load(link.href);
    });
    body.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-page], a[data-more]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (link.hasAttribute("data-more")) app.more(link);
      else load(link.href);
    });
    document.getElementById("drawer-close").addEventListener("click", () => drawer.close());
    // A click beside the drawer closes it.
    drawer.addEventListener("click", (event) => {
      if (event.target === drawer) drawer.close();
    });
  };
})(window.changemap);
