/* The wall of pledges, live. */

import { withQuery } from "../../geo/lib/http.js";
import { startStream } from "../../geo/live/stream.js";
import { followList } from "./live-list.js";

followList(document.querySelector(".wall__list"), {
  collection: "pledges",
  path: "/pledges/",
  address: document.getElementById("live").dataset.among,
  /* The newest under the same filters: a page of its own, as the next page is. */
  show(filters) {
    filters.set("sort", "newest");
    location.assign(withQuery(location.pathname, filters));
  },
});
startStream();
