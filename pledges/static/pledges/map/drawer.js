/* The drawer of pledges that are not on the map; without scripts it is a page of its own. */

import { createElement, opensElsewhere } from "../../geo/lib/dom.js";
import { fetchFragment, isAborted } from "../../geo/lib/http.js";
import { loadMore } from "../lists/load-more.js";

export function startDrawer() {
  const drawer = document.getElementById("drawer");
  const body = document.getElementById("drawer-body");
  let request = null;

  async function load(address) {
    if (request) request.abort();
    request = new AbortController();
    body.setAttribute("aria-busy", "true");
    try {
      body.replaceChildren(await fetchFragment(address, request.signal));
      body.scrollTop = 0;
    } catch (error) {
      if (isAborted(error)) return;
      const again = { type: "button", class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small", click: () => load(address) };
      body.replaceChildren(
        createElement("p", {}, gettext("The list could not be loaded.")),
        createElement("button", again, gettext("Try again")),
      );
    }
    body.removeAttribute("aria-busy");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || opensElsewhere(event)) return;
    event.preventDefault();
    body.replaceChildren(createElement("p", {}, gettext("Loading…")));
    drawer.showModal();
    load(link.href);
  });
  body.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-page], a[data-more]");
    if (!link || opensElsewhere(event)) return;
    event.preventDefault();
    if (link.hasAttribute("data-more")) loadMore(link);
    else load(link.href);
  });
  document.getElementById("drawer-close").addEventListener("click", () => drawer.close());
  // A click beside the drawer closes it.
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
}
