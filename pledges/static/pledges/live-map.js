/* The map, live: rings and numbers keep up, a gentle mark shows where, the list waits to be asked. */
(function (app) {
  "use strict";

  const MARKS = 12; // at once; more are a flicker
  const LASTING = 2600; // ms, as long as the style sheet's movement

  app.liveMap = function (map, { among, list: address }) {
    const list = document.getElementById("listing");
    const unseen = app.unseen(among, () => {
      unseen.clear();
      app.emit("relist");
      document.getElementById("list").focus({ preventScroll: true });
    });
    let arrived = new Set(); // what is new since the last look
    let told = new Set(); // what else has happened: keys to mark
    let changed = new Set();
    let everywhere = false; // something is gone, or has moved: no place tells which tiles

    function mark(places) {
      if (!app.moves()) return;
      const view = map.getBounds();
      const shown = places.filter((at) => view.contains(at)).slice(-MARKS);
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
      const query = new URLSearchParams(app.query());
      query.set("ids", keys.slice(-100).join(","));
      const { pledges } = await app.json(`${among}?${query}`);
      return pledges.map(position).filter(Boolean);
    }

    async function renew(keys) {
      if (!app.inList(list, keys)) return;
      const shown = app.listQuery();
      const fresh = await app.fragment(`${address}?${shown}`);
      if (shown === app.listQuery()) app.renew(list, fresh, keys);
    }

    const look = app.live.paced(async () => {
      const [fresh, keys, others, all] = [arrived, [...told], [...changed], everywhere];
      [arrived, told, changed, everywhere] = [new Set(), new Set(), new Set(), false];
      const added = await unseen.look(app.query());
      const at = (pledges) => pledges.map(position).filter(Boolean);
      app.emit("fresh", { places: all ? null : at(added) });
      mark([...at(added.filter(({ id }) => fresh.has(String(id)))), ...(await places(keys))]);
      await renew(others);
    });

    app.on("news", ({ news, anew }) => {
      const { pledges = {} } = news;
      unseen.add(app.live.keys(news, "new"));
      unseen.drop(app.live.keys(news, "gone"));
      app.live.keys(news, "new").forEach((key) => arrived.add(key));
      app.live.keys(news, "joined", "done").forEach((key) => told.add(key));
      app.live.keys(news, "joined", "done", "changed").forEach((key) => changed.add(key));
      const lost = app.live.keys(news, "gone", "changed").length > 0;
      const many = anew || Boolean(pledges.anew || pledges.more);
      if (many) unseen.many();
      everywhere ||= many || lost;
      look();
    });
    // Another list holds what was new.
    app.on("filters", () => unseen.clear());
  };
})(window.changemap);
