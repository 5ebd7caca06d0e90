/* Pledges and organisations on the map: their markers' looks and names, and what opening one does. */

import { createElement } from "../../geo/lib/dom.js";
import { formatMessage, formatNumber, shortNumber } from "../../geo/lib/format.js";
import { fillUrl, withQuery } from "../../geo/lib/http.js";
import { clusters } from "../../geo/map/clusters.js";
import { mostFrequent, pinIcon, ringIcon, ringSize, spotIcon, stackIcon, symbol } from "../../geo/map/marker-icons.js";
import { openPopup, openPopupWith } from "../../geo/map/popups.js";
import { spiderfy } from "../../geo/map/spiderfy.js";
import * as view from "../../geo/map/view.js";


function leading(item, options) {
  const look = mostFrequent(item.parts, options.parts);
  const only = look && item.parts[look.slug] === item.count;
  return look ? formatMessage(only ? gettext("all %(theme)s") : gettext("mostly %(theme)s"), { theme: look.name }) : "";
}

function pledges(n) {
  return formatMessage(ngettext("%(n)s pledge", "%(n)s pledges", n), { n: formatNumber(n) });
}

const look = (slug, options) => options.parts.find((part) => part.slug === slug) || options.parts[0];
const only = (item) => Object.keys(item.parts)[0];
const isSpot = (item) => item.alone && !item.alone.properties.bbox;

function pledgeAddress(id, options) {
  return fillUrl(options.popup, { id });
}

/* Up to twelve at one spot fan out; more open one popup with their list. */
function openSpot(map, item, options) {
  const { ids, themes = [], spot } = item.alone.properties;
  if (!ids) {
    openPopup(map, item.at, withQuery(fillUrl(options.spot, { spot }), view.filterQuery()), 40);
    return;
  }
  const pins = ids.map((id, index) => {
    const theme = look(themes[index], options);
    const values = { n: index + 1, all: ids.length, theme: theme.name };
    return {
      icon: pinIcon(theme),
      name: formatMessage(gettext("Pledge %(n)s of %(all)s: %(theme)s"), values),
      open: (at) => openPopup(map, at, pledgeAddress(id, options), 34),
    };
  });
  spiderfy(map, item.at, pins);
}

const PLEDGES = {
  size: (item) => (item.count === 1 ? 26 : ringSize(item.count)),
  icon(item, options) {
    if (item.count === 1) return pinIcon(look(only(item), options));
    const form = isSpot(item) ? spotIcon : ringIcon;
    return form(item.count, item.parts, options.parts);
  },
  name(item, options) {
    if (item.count === 1) {
      return formatMessage(gettext("Pledge: %(theme)s"), { theme: look(only(item), options).name });
    }
    const values = { pledges: pledges(item.count), leading: leading(item, options) };
    if (isSpot(item)) return formatMessage(gettext("%(pledges)s at one spot, %(leading)s"), values);
    return formatMessage(gettext("%(pledges)s, %(leading)s. Zoom in"), values);
  },
  hint(item, options) {
    const shown = options.parts.filter((part) => item.parts[part.slug]);
    return createElement(
      "div",
      {},
      createElement("b", {}, pledges(item.count)),
      createElement(
        "ul",
        {},
        ...shown.map((part) =>
          createElement("li", {}, symbol(part), part.name, " ", createElement("span", {}, formatNumber(item.parts[part.slug]))),
        ),
      ),
    );
  },
  open(map, item, options) {
    if (item.alone.id !== undefined) {
      openPopup(map, item.at, pledgeAddress(item.alone.id, options), 34);
    } else openSpot(map, item, options);
  },
};

function organisationsOf(item) {
  const { properties } = item.alone || { properties: {} };
  return properties.organisations || (properties.name ? [properties] : []);
}

/* The sign of an organisation hangs under its spot, where the pledges' pin stands above it. */
function sign(one, more) {
  const words = more ? formatMessage(gettext("%(name)s and %(n)s more"), { name: one.name, n: more }) : one.name;
  const html = createElement(
    "div",
    { class: one.closed ? "sign sign--closed" : "sign" },
    createElement("b", { class: "sign__number" }, shortNumber(one.pledges)),
    createElement("span", { class: "sign__name" }, words),
  );
  return L.divIcon({ html, className: "marker marker--sign", iconSize: [40, 46], iconAnchor: [20, 0] });
}

function link(one) {
  return createElement(
    "li",
    {},
    createElement("a", { href: one.url }, one.name),
    " ",
    createElement("span", {}, pledges(one.pledges)),
  );
}

const ORGANISATIONS = {
  size: () => 44,
  lift: -1000, // under the pledges
  icon(item) {
    const here = organisationsOf(item);
    if (!here.length) return stackIcon(item.count);
    const total = here.reduce((sum, one) => sum + one.pledges, 0);
    const first = here.find((one) => !one.closed) || here[0];
    return sign({ ...first, pledges: total }, here.length - 1);
  },
  name(item) {
    const here = organisationsOf(item);
    if (!here.length) {
      const values = { n: formatNumber(item.count) };
      return formatMessage(
        ngettext("%(n)s organisation. Zoom in", "%(n)s organisations. Zoom in", item.count),
        values,
      );
    }
    return here.map((one) => `${one.name}, ${pledges(one.pledges)}`).join("; ");
  },
  hint(item) {
    const here = organisationsOf(item);
    const names = here.length ? here.map((one) => createElement("li", {}, one.name, createElement("span", {}, formatNumber(one.pledges)))) : [];
    if (here.length) return createElement("ul", { class: "map-hint__names" }, ...names);
    return createElement("b", {}, this.name(item));
  },
  open(map, item) {
    const here = organisationsOf(item);
    if (here.length === 1) location.assign(here[0].url);
    else openPopupWith(map, item.at, createElement("ul", { class: "popup__links" }, ...here.map(link)), gettext("Organisations here"));
  },
};

export const pledgeClusters = (map, options) => clusters(map, options, PLEDGES);
export const organisationClusters = (map, options) => clusters(map, options, ORGANISATIONS);
