/* The form of a new post: it waits where there is no network, and similar ones can be supported. */

import { createElement } from "../geo/lib/dom.js";
import { formatNumber } from "../geo/lib/format.js";
import { linkTo, suggestSimilar } from "../pledges/forms/similar.js";
import "../pledges/forms/text-check.js";
import "./offline-posts.js";

const form = document.getElementById("posting");

function similarPosts() {
  suggestSimilar(form, {
    values: () => ({ theme: (form.querySelector("[name=theme]:checked") || {}).value || "" }),
    title: gettext("Others have said something like this"),
    number: (n) => interpolate(ngettext("%s similar post", "%s similar posts", n), [n]),
    item: (one) => {
      const supports = one.supports && interpolate(ngettext("%s person supports it", "%s people support it", one.supports), [formatNumber(one.supports)]);
      return [
        createElement("p", { dir: "auto" }, one.text),
        createElement("p", { class: "quiet" }, [one.about, supports].filter(Boolean).join(" · ")),
        linkTo(one.support, gettext("Support this post"), one.text),
      ];
    },
    watched: ["text"],
    choices: ["theme"],
  });
}

if (form) similarPosts();
