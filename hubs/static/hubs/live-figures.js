/* A dashboard, live: figures keep up in their places, and a line says when they last did. */
(function (app) {
  "use strict";

  const figures = (page) => [...page.querySelectorAll("[data-live]")];
  const line = document.getElementById("live-news");

  function told() {
    const language = document.documentElement.lang || "en-GB";
    const time = new Date().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
    const words = gettext("The figures are those of %(time)s.");
    line.textContent = interpolate(words, { time }, true);
  }

  /* Another table is there, or one is not: the page is read again when the reader wants. */
  function offer() {
    const attributes = { type: "button", class: "live__button", click: () => location.reload() };
    line.replaceChildren(app.element("button", attributes, gettext("Show the new figures")));
  }

  /* What the reader is at stays as it is until it is left. */
  function renew(shown, fresh) {
    shown.classList.remove("is-fresh");
    if (shown.isEqualNode(fresh) || shown.contains(document.activeElement)) return false;
    shown.replaceChildren(...fresh.childNodes);
    if (fresh.ariaLabel) shown.ariaLabel = fresh.ariaLabel;
    void shown.offsetWidth; // begins the mark again
    shown.classList.add("is-fresh");
    return true;
  }

  const look = app.live.paced(async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [shown, fresh] = [figures(document), figures(page)];
    if (shown.length !== fresh.length) offer();
    else if (shown.filter((each, place) => renew(each, fresh[place])).length) told();
  });
  app.on("news", look);
})(window.changemap);
