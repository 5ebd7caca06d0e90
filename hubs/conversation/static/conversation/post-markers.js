/* Posts on the map: a bubble of speech with their number. */

import { createElement } from "../geo/lib/dom.js";
import { formatMessage, formatNumber, shortNumber } from "../geo/lib/format.js";
import { fillUrl } from "../geo/lib/http.js";
import { clusters } from "../geo/map/clusters.js";
import { openPopup } from "../geo/map/popups.js";

const BLUE = "#003087";
const posts = (n) => formatMessage(ngettext("%(n)s post", "%(n)s posts", n), { n: formatNumber(n) });
const isSpot = (item) => item.alone && !item.alone.properties.bbox;

// Wider with more digits; three dots where there is one post.
function bubble(count) {
  const words = shortNumber(count);
  const half = count > 1 ? 11 + 4 * String(words).length : 15;
  const inside =
    count > 1
      ? `<text y="-1" text-anchor="middle" font-size="13" font-weight="600" fill="#fff">${words}</text>`
      : '<g fill="#fff"><circle cx="-7" cy="-5" r="2.5"/><circle cy="-5" r="2.5"/><circle cx="7" cy="-5" r="2.5"/></g>';
  return (
    `<svg width="${2 * half}" height="32" viewBox="${-half} -20 ${2 * half} 32" aria-hidden="true" focusable="false">` +
    `<path d="M${7 - half} -19h${2 * half - 14}a6 6 0 0 1 6 6V0a6 6 0 0 1-6 6H3L-4 12V6H${7 - half}a6 6 0 0 1-6-6v-13a6 6 0 0 1 6-6z"` +
    ` fill="${BLUE}" stroke="#fff" stroke-width="1.5"/>${inside}</svg>`
  );
}

const POSTS = {
  size: () => 34,
  lift: 400, // over the pledges, under events to come
  icon(item) {
    const width = item.count > 1 ? 2 * (11 + 4 * String(shortNumber(item.count)).length) : 30;
    return L.divIcon({ html: bubble(item.count), className: "marker marker--event", iconSize: [width, 32], iconAnchor: [width / 2, 31] });
  },
  name(item) {
    if (item.count === 1) return gettext("A post");
    const values = { posts: posts(item.count) };
    return formatMessage(isSpot(item) ? gettext("%(posts)s at one spot") : gettext("%(posts)s. Zoom in"), values);
  },
  hint(item) {
    return createElement("b", {}, item.count === 1 ? gettext("A post") : posts(item.count));
  },
  open(map, item, options) {
    if (item.alone.id !== undefined) {
      openPopup(map, item.at, fillUrl(options.popup, { id: item.alone.id }), 34);
      return;
    }
    openPopup(map, item.at, fillUrl(options.spot, { spot: item.alone.properties.spot }), 34);
  },
};

export const postClusters = (map, options) => clusters(map, options, POSTS);
