/* The numbers: beside each filter, and the line in which what is on the map and what is not add up. */

import { createElement } from "../../geo/lib/dom.js";
import { publish, subscribe } from "../../geo/lib/events.js";
import { formatMessage, formatNumber } from "../../geo/lib/format.js";
import { fetchJson, isAborted, withQuery } from "../../geo/lib/http.js";
import { filterString } from "./filters.js";

function facets(numbers) {
  for (const place of document.querySelectorAll("[data-facet]")) {
    const counts = (numbers.facets || {})[place.dataset.facet];
    place.textContent = counts ? formatNumber(counts[place.dataset.value] || 0) : "";
  }
}

function total(numbers, away) {
  const line = document.getElementById("total");
  if (numbers.total === null) {
    const words = gettext("More than %(n)s pledges match. Add a filter to see them on the map.");
    line.textContent = formatMessage(words, { n: formatNumber(numbers.more_than) });
    return;
  }
  const off = numbers.not_on_map.region + numbers.not_on_map.none;
  line.replaceChildren(
    createElement("b", {}, formatNumber(numbers.total)),
    ` ${ngettext("pledge", "pledges", numbers.total)} = `,
    formatMessage(gettext("%(n)s on the map"), { n: formatNumber(numbers.on_map) }),
    " + ",
    createElement(
      "a",
      { href: withQuery(away, filterString()), "data-drawer": true },
      formatMessage(gettext("%(n)s not on the map"), { n: formatNumber(off) }),
    ),
  );
}

export function startSummary({ summary, away }) {
  let request = null;
  async function load() {
    if (request) request.abort();
    request = new AbortController();
    try {
      const numbers = await fetchJson(withQuery(summary, filterString()), request.signal);
      facets(numbers);
      total(numbers, away);
    } catch (error) {
      if (!isAborted(error)) publish("load-failed", { error });
    }
  }
  subscribe("filters-changed", load);
  subscribe("retry", load);
  subscribe("tiles-stale", load);
}
