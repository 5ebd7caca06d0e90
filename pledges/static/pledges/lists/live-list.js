/* Live news of a listing: how many items are new, and what has changed in those shown. */

import { createElement } from "../../geo/lib/dom.js";
import { subscribe } from "../../geo/lib/events.js";
import { formatMessage, formatNumber } from "../../geo/lib/format.js";
import { fetchJson, fetchPage, withQuery } from "../../geo/lib/http.js";
import { throttle } from "../../geo/lib/timing.js";

const MOST = 200; // items asked about at once
const NOT_FILTERS = ["sort", "cursor", "start"];

/* The words for new pledges; `plural` is what the address calls them. */
const PLEDGES = () => ({
  plural: "pledges",
  some: (n) => ngettext("%(n)s new pledge", "%(n)s new pledges", n),
  most: gettext("%(n)s+ new pledges"),
  many: gettext("Many new pledges"),
});

/* Of the keys that wait, those to ask about: the newest, as many as the server answers at once. */
export const keysToAsk = (waiting) => [...waiting].slice(-MOST);

/* The filters of a listing's address, without its order and page. */
export function listFilters(search) {
  const query = new URLSearchParams(search);
  for (const name of NOT_FILTERS) query.delete(name);
  return query;
}

/* New items that the reader has not been shown: their numbers, and a line that offers them. */
export function unseenItems(address, show, says = PLEDGES()) {
  const line = document.getElementById("live-news");
  let waiting = new Set();
  let found = [];

  function tell() {
    const n = found.length;
    if (!n) {
      line.replaceChildren();
      return;
    }
    const many = waiting.size > MOST;
    const words = many
      ? formatMessage(says.most, { n: formatNumber(n) })
      : formatMessage(says.some(n), { n: formatNumber(n) });
    const button = line.querySelector("button");
    if (button) button.textContent = words;
    else {
      const attributes = { type: "button", class: "live__button", click: show };
      line.replaceChildren(createElement("button", attributes, words));
    }
  }

  return {
    /* Ask which of the waiting ones are public and pass the filters; answer them all. */
    async look(query) {
      if (!waiting.size) return [];
      const asked = new URLSearchParams(query);
      asked.set("ids", keysToAsk(waiting).join(","));
      found = (await fetchJson(withQuery(address, asked)))[says.plural];
      tell();
      return found;
    },
    /* More than anybody listed. */
    many() {
      const attributes = { type: "button", class: "live__button", click: show };
      line.replaceChildren(createElement("button", attributes, says.many));
    },
    add: (keys) => keys.forEach((key) => waiting.add(key)),
    drop: (keys) => keys.forEach((key) => waiting.delete(key)),
    clear() {
      waiting = new Set();
      found = [];
      tell();
    },
  };
}

const item = (place, key, path) => {
  const link = place.querySelector(`.pledge-item__text a[href$="${path}${Number(key)}/"]`);
  return link && link.closest("li");
};

/* Whether one of these items is in the list; `path` is what their addresses begin with. */
export const isListed = (place, keys, path = "/pledges/") => keys.some((key) => item(place, key, path));

/* Put the items of a list that was read again in the place of those shown; nothing moves. */
export function refreshItems(place, fresh, keys, path = "/pledges/") {
  for (const key of keys) {
    const [shown, now] = [item(place, key, path), item(fresh, key, path)];
    if (!shown || !now || shown.isEqualNode(now)) continue;
    if (!shown.contains(document.activeElement)) shown.replaceChildren(...now.childNodes);
  }
}

/*
 * Keep a listing's page up to date with the news of its collection: a line says how many items are
 * new, and nothing moves until the reader asks by it, which is what `show(filters)` does.
 */
export function followList(list, { collection, path, address, show, says }) {
  const filters = () => listFilters(location.search);
  const unseen = unseenItems(address, () => show(filters()), says);
  let changed = new Set();

  async function refresh() {
    const keys = [...changed];
    changed = new Set();
    if (isListed(list, keys, path)) refreshItems(list, await fetchPage(location.href), keys, path);
  }

  const look = throttle(async () => {
    await unseen.look(filters());
    await refresh();
  });
  subscribe("news", ({ news, reset }) => {
    const told = news[collection] || {};
    if (reset || told.anew || told.more) unseen.many();
    unseen.add(told.new || []);
    unseen.drop(told.gone || []);
    for (const kind of ["joined", "done", "changed"]) for (const key of told[kind] || []) changed.add(key);
    look();
  });
}
