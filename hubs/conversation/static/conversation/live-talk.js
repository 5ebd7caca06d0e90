/* The feed and the page of a post, live: a line says what is new; nothing moves until asked. */
(function (app) {
  "use strict";

  const NOT_FILTERS = ["sort", "cursor", "start"];
  const box = document.getElementById("live");
  const list = document.querySelector("[data-live-list]");
  const own = document.querySelector("[data-live-post]");
  const told = (news, ...kinds) => kinds.flatMap((kind) => (news.posts || {})[kind] || []);

  function filters() {
    const query = new URLSearchParams(location.search);
    for (const name of NOT_FILTERS) query.delete(name);
    return query;
  }

  function feed() {
    /* The newest under the same filters: a page of its own, as the next page is. */
    const show = () => location.assign(`${location.pathname}?${filters()}`);
    const unseen = app.unseen(box.dataset.among, show, {
      what: "posts",
      some: (n) => ngettext("%(n)s new post", "%(n)s new posts", n),
      most: gettext("%(n)s+ new posts"),
      many: gettext("Many new posts"),
    });
    let changed = new Set();

    async function renew() {
      const keys = [...changed];
      changed = new Set();
      if (!app.inList(list, keys, "/talk/posts/")) return;
      const page = await (await fetch(location.href, { cache: "no-store" })).text();
      app.renew(list, new DOMParser().parseFromString(page, "text/html"), keys, "/talk/posts/");
    }

    const look = app.live.paced(async () => {
      await unseen.look(filters());
      await renew();
    });
    app.on("news", ({ news, anew }) => {
      const { anew: loaded, more } = news.posts || {};
      if (anew || loaded || more) unseen.many();
      unseen.add(told(news, "new"));
      unseen.drop(told(news, "gone"));
      told(news, "changed").forEach((key) => changed.add(key));
      look();
    });
  }

  /* Others replied, supported or answered: the page is read again when its reader wants it. */
  function post() {
    const line = document.getElementById("live-news");
    app.on("news", ({ news }) => {
      if (!told(news, "changed").includes(own.dataset.livePost) || line.querySelector("button")) return;
      const click = () => location.reload();
      const attributes = { type: "button", class: "live__button", click };
      line.replaceChildren(app.element("button", attributes, gettext("Something is new here. Show it")));
    });
  }

  if (!box) return;
  if (list) feed();
  else if (own) post();
})(window.changemap);
