/* A dashboard, live: figures keep up in their places, and a line says when they last did. */

import { createElement } from "../geo/lib/dom.js";
import { subscribe } from "../geo/lib/events.js";
import { fetchPage } from "../geo/lib/http.js";
import { throttle } from "../geo/lib/timing.js";
import { startStream } from "../geo/live/stream.js";

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
  line.replaceChildren(createElement("button", attributes, gettext("Show the new figures")));
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

const look = throttle(async () => {
  const page = await fetchPage(location.href);
  const [shown, fresh] = [figures(document), figures(page)];
  if (shown.length !== fresh.length) offer();
  else if (shown.filter((each, place) => renew(each, fresh[place])).length) told();
});
subscribe("news", look);
startStream();
