/* The map, live: rings and numbers keep up, a gentle mark shows where, the list waits to be asked. */

import { motionAllowed } from "../../geo/lib/dom.js";
import { publish, subscribe } from "../../geo/lib/events.js";
import { fetchFragment, fetchJson, withQuery } from "../../geo/lib/http.js";
import { throttle } from "../../geo/lib/timing.js";
import * as view from "../../geo/map/view.js";
import { isListed, refreshItems, unseenItems } from "../lists/live-list.js";
import { listQuery } from "./list.js";

const MARKS = 12; // at once; more are a flicker
const LASTING = 2600; // ms, as long as the style sheet's movement

export function startLiveMap(map, { among, list: address }) {
  const list = document.getElementById("listing");
  const unseen = unseenItems(among, () => {
    unseen.clear();
    publish("reload-list");
    document.getElementById("list").focus({ preventScroll: true });
  });
  let arrived = new Set(); // what is new since the last look
  let told = new Set(); // what else has happened: keys to mark
  let changed = new Set();
  let everywhere = false; // something is gone, or has moved: no place tells which tiles

  function mark(positions) {
    if (!motionAllowed()) return;
    const bounds = map.getBounds();
    const shown = positions.filter((at) => bounds.contains(at)).slice(-MARKS);
    for (const at of shown) {
      const icon = L.divIcon({ className: "live-mark", iconSize: [56, 56] });
      const options = { icon, interactive: false, keyboard: false, zIndexOffset: -500 };
      const ring = L.marker(at, options).addTo(map);
      ring.getElement().setAttribute("aria-hidden", "true");
      setTimeout(() => ring.remove(), LASTING);
    }
  }

  const position = ({ at }) => at && L.latLng(at[1], at[0]);

  async function places(keys) {
    if (!keys.length) return [];
    const query = new URLSearchParams(view.filterQuery());
    query.set("ids", keys.slice(-100).join(","));
    const { pledges } = await fetchJson(`${among}?${query}`);
    return pledges.map(position).filter(Boolean);
  }

  async function renew(keys) {
    if (!isListed(list, keys)) return;
    const shown = listQuery();
    const fresh = await fetchFragment(withQuery(address, shown));
    if (shown === listQuery()) refreshItems(list, fresh, keys);
  }

  const look = throttle(async () => {
    const [fresh, keys, others, all] = [arrived, [...told], [...changed], everywhere];
    [arrived, told, changed, everywhere] = [new Set(), new Set(), new Set(), false];
    const added = await unseen.look(view.filterQuery());
    const at = (pledges) => pledges.map(position).filter(Boolean);
    publish("tiles-stale", { places: all ? null : at(added) });
    mark([...at(added.filter(({ id }) => fresh.has(String(id)))), ...(await places(keys))]);
    await renew(others);
  });

  subscribe("news", ({ news, reset }) => {
    const { pledges = {} } = news;
    const keys = (...kinds) => kinds.flatMap((kind) => pledges[kind] || []);
    unseen.add(keys("new"));
    unseen.drop(keys("gone"));
    keys("new").forEach((key) => arrived.add(key));
    keys("joined", "done").forEach((key) => told.add(key));
    keys("joined", "done", "changed").forEach((key) => changed.add(key));
    const many = reset || Boolean(pledges.anew || pledges.more);
    if (many) unseen.many();
    everywhere ||= many || keys("gone", "changed").length > 0;
    look();
  });
  // Another list holds what was new.
  subscribe("filters-changed", () => unseen.clear());
}
