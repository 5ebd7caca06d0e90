/* The further pages of a list, put under the first. */

import { fetchFragment } from "../../geo/lib/http.js";

/* Put the next page under this one; the focus goes to its first pledge. */
export async function loadMore(link) {
  const place = link.parentElement;
  const list = place.previousElementSibling;
  link.setAttribute("aria-disabled", "true");
  try {
    const content = await fetchFragment(link.href);
    const first = content.querySelector(".pledge-list > li");
    list.append(...content.querySelectorAll(".pledge-list > li"));
    const next = content.querySelector("[data-more]");
    if (next) link.replaceWith(next);
    else place.remove();
    if (first) first.querySelector("a").focus();
  } catch {
    link.removeAttribute("aria-disabled");
    link.textContent = gettext("This could not be loaded. Try again");
  }
}
