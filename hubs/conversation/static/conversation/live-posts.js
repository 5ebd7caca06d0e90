/* The feed and the page of a post, live: a line says what is new; nothing moves until asked. */

import { createElement } from "../geo/lib/dom.js";
import { subscribe } from "../geo/lib/events.js";
import { withQuery } from "../geo/lib/http.js";
import { startStream } from "../geo/live/stream.js";
import { followList } from "../pledges/lists/live-list.js";

const list = document.querySelector("[data-live-list]");
const post = document.querySelector("[data-live-post]");

function followFeed() {
  followList(list, {
    collection: "posts",
    path: "/talk/posts/",
    address: document.getElementById("live").dataset.among,
    /* The newest under the same filters: a page of its own, as the next page is. */
    show: (filters) => location.assign(withQuery(location.pathname, filters)),
    says: {
      plural: "posts",
      some: (n) => ngettext("%(n)s new post", "%(n)s new posts", n),
      most: gettext("%(n)s+ new posts"),
      many: gettext("Many new posts"),
    },
  });
}

/* Others replied, supported or answered: the page is read again when its reader wants it. */
function followPost() {
  const line = document.getElementById("live-news");
  subscribe("news", ({ news }) => {
    const { changed = [] } = news.posts || {};
    if (!changed.includes(post.dataset.livePost) || line.querySelector("button")) return;
    const attributes = { type: "button", class: "live__button", click: () => location.reload() };
    line.replaceChildren(createElement("button", attributes, gettext("Something is new here. Show it")));
  });
}

if (list) followFeed();
else if (post) followPost();
startStream();
