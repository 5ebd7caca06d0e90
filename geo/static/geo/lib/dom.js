/* Elements, and what the reader is told or spared. */

import { debounce } from "./timing.js";

/* Make an element; strings among the children become text, never HTML. */
export function createElement(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/* Whether things may move on this reader's screen. */
export const motionAllowed = () => !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/* Whether a click on a link is to open it elsewhere, which is the browser's business. */
export const opensElsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

/* Say it to screen readers; the words change once things have come to rest. */
export const announce = debounce(600, (words) => {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = words;
});
