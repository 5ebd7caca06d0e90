/* The form of a new pledge: what others will see of it, its draft, and similar ones to join. */

import { createElement } from "../../geo/lib/dom.js";
import { formatNumber } from "../../geo/lib/format.js";
import { keepDraft } from "./draft.js";
import { linkTo, suggestSimilar } from "./similar.js";
import "./text-check.js";
import { previewVisibility } from "./visibility-preview.js";

const form = document.getElementById("making");

previewVisibility(form);
keepDraft(form);
suggestSimilar(form, {
  values: (input) =>
    Object.fromEntries(["organisation", "chosen", "postcode"].map((name) => [name, (input(name) || {}).value || ""])),
  title: gettext("Others have pledged something like this"),
  number: (n) => interpolate(ngettext("%s similar pledge", "%s similar pledges", n), [n]),
  item: (one) => {
    const joined = one.joins && interpolate(ngettext("%s has joined", "%s have joined", one.joins), [formatNumber(one.joins)]);
    return [
      createElement("p", { dir: "auto" }, one.text),
      createElement("p", { class: "quiet" }, [one.place, joined].filter(Boolean).join(" · ")),
      linkTo(one.join, gettext("Join this pledge"), one.text),
    ];
  },
  watched: ["text", "postcode"],
  choices: ["organisation"],
});
