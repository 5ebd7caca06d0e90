/* The wall, live: a line says how many pledges are new; nothing moves until the reader asks. */
(function (app) {
  "use strict";

  const NOT_FILTERS = ["sort", "cursor", "start"];
  const list = document.querySelector(".wall__list");
  const { among } = document.getElementById("live").dataset;

  function filters() {
    const query = new URLSearchParams(location.search);
    for (const name of NOT_FILTERS) query.delete(name);
    return query;
  }

  /* The newest under the same filters: a page of its own, as the next page is. */
  const unseen = app.unseen(among, () => {
    const query = filters();
    query.set("sort", "newest");
    location.assign(`${location.pathname}?${query}`);
  });
  let changed = new Set();

  async function renew() {
    const keys = [...changed];
    changed = new Set();
    if (!app.inList(list, keys)) return;
    const page = await (await fetch(location.href, { cache: "no-store" })).text();
    app.renew(list, new DOMParser().parseFromString(page, "text/html"), keys);
  }

  const look = app.live.paced(async () => {
    await unseen.look(filters());
    await renew();
  });
  app.on("news", ({ news, anew }) => {
    const { anew: loaded, more } = news.pledges || {};
    if (anew || loaded || more) unseen.many();
    unseen.add(app.live.keys(news, "new"));
    unseen.drop(app.live.keys(news, "gone"));
    app.live.keys(news, "joined", "done", "changed").forEach((key) => changed.add(key));
    look();
  });
})(window.changemap);
