/* Where an event is: a small map beside the words. Setting the point writes degrees into the words;
   other words are looked up and shown. Without scripts the words are all there is, and needed. */

import { formatMessage } from "../geo/lib/format.js";
import { HttpError, fetchJson } from "../geo/lib/http.js";
import { pickLocation } from "../geo/map/small-map.js";

function start(part) {
  const words = document.getElementById("id_found_by");
  const status = part.querySelector("[role=status]");
  part.hidden = false;

  const { mark } = pickLocation(part.querySelector(".small-map"), (lat, lon) => {
    words.value = `${lat}, ${lon}`;
    status.textContent = gettext("The point is set. Its degrees stand in the field above.");
  });

  async function look() {
    status.textContent = "";
    const q = words.value.trim();
    if (!q) {
      mark(null);
      return;
    }
    try {
      const found = await fetchJson(`${part.dataset.find}?${new URLSearchParams({ q })}`);
      if (words.value.trim() !== q) return;
      const { geometry, properties } = found.features[0];
      mark([geometry.coordinates[1], geometry.coordinates[0]], true);
      status.textContent = formatMessage(gettext("On the map: %(label)s"), properties);
    } catch (error) {
      mark(null);
      status.textContent = error instanceof HttpError ? error.message : "";
    }
  }

  words.addEventListener("change", look);
  if (words.value) look();
}

const part = document.querySelector("[data-place]");
if (part) start(part);
