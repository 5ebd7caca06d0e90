/* How markers look, as SVG: rings that show shares, pins with a symbol, stacks. */

import { shortNumber } from "../lib/format.js";

const INK = "#212b32";
// White on the part's colour, in a box of 16 by 16 around 0, 0.
const SYMBOLS = {
  circle: '<circle r="5"/>',
  square: '<path d="M-4.6-4.6h9.2v9.2h-9.2z"/>',
  triangle: '<path d="M0-5.6 5.8 4.6H-5.8z"/>',
  diamond: '<path d="M0-6.4 6.4 0 0 6.4-6.4 0z"/>',
  cross: '<path d="M-1.9-5.8h3.8v3.9h3.9v3.8H1.9v3.9h-3.8V1.9h-3.9v-3.8h3.9z"/>',
  star: '<path d="m0-6.6 1.8 4.3 4.7.4-3.6 3 1.1 4.6L0 3.2l-4 2.5 1.1-4.6-3.6-3 4.7-.4z"/>',
};

/* The diameter of a ring in pixels. */
export const ringSize = (count) => Math.round(Math.min(60, 26 + 6 * Math.log10(count)));

// Colours are data that operators may change, and markers are written as text.
const hue = (look) => (/^#[0-9a-f]{6}$/i.test(look.colour) ? look.colour : INK);

/* The ring's arcs, each as long as the share of its part. */
export function arcs(parts, looks, radius, width) {
  const total = Object.values(parts).reduce((sum, n) => sum + n, 0);
  const shown = looks.filter((look) => parts[look.slug]);
  const gap = shown.length > 1 ? 1.5 : 0;
  let from = 0;
  return shown
    .map((look) => {
      const share = (parts[look.slug] / total) * 100;
      const length = Math.max(share - gap, 0.6);
      const arc =
        `<circle r="${radius}" fill="none" stroke="${hue(look)}" stroke-width="${width}"` +
        ` pathLength="100" stroke-dasharray="${length} ${100 - length}"` +
        ` stroke-dashoffset="${-from}" transform="rotate(-90)"/>`;
      from += share;
      return arc;
    })
    .join("");
}

function label(text, room) {
  // A figure is about 0.6 of its height wide, a comma half as much.
  const wide = Math.max(1.2, text.length * 0.6 - (text.includes(",") ? 0.3 : 0));
  const size = Math.min(14, (room * 1.72) / wide).toFixed(1);
  return (
    `<text y="${(size * 0.36).toFixed(1)}" text-anchor="middle" font-size="${size}"` +
    ` font-weight="600" fill="${INK}">${text}</text>`
  );
}

function svg(width, height, box, inside) {
  return (
    `<svg width="${width}" height="${height}" viewBox="${box}" aria-hidden="true"` +
    ` focusable="false">${inside}</svg>`
  );
}

function icon(html, size, anchor, kind) {
  return L.divIcon({ html, className: `marker marker--${kind}`, iconSize: size, iconAnchor: anchor });
}

/* Many features around here: a ring whose arcs are the shares of its parts. */
export function ringIcon(count, parts, looks) {
  const size = ringSize(count);
  const half = size / 2;
  const width = Math.max(4.5, size * 0.12);
  const inside =
    `<circle r="${half - 0.5}" fill="#fff" stroke="#fff"/>` +
    arcs(parts, looks, half - 2 - width / 2, width) +
    `<circle r="${half - 0.75}" fill="none" stroke="${INK}" stroke-opacity=".35"/>` +
    label(shortNumber(count), half - width - 1.5);
  const html = svg(size, size, `${-half} ${-half} ${size} ${size}`, inside);
  return icon(html, [size, size], [half, half], "ring");
}

/* Several at one spot: the same ring, on a stem that stands at the spot. */
export function spotIcon(count, parts, looks) {
  const inside =
    `<path d="M0 26-8 12H8z" fill="${INK}"/><circle r="17" fill="#fff" stroke="${INK}"/>` +
    arcs(parts, looks, 13.5, 5) +
    label(shortNumber(count), 11);
  return icon(svg(38, 46, "-19 -19 38 46", inside), [38, 46], [19, 45], "spot");
}

/* One: a pin in its part's colour with its symbol. */
export function pinIcon(look) {
  const inside =
    `<path d="M0 21C-5 13-13 8.5-13-1a13 13 0 1 1 26 0C13 8.5 5 13 0 21z"` +
    ` fill="${hue(look)}" stroke="#fff" stroke-width="2"/>` +
    `<g fill="#fff" transform="translate(0 -1)">${SYMBOLS[look.symbol] || SYMBOLS.circle}</g>`;
  return icon(svg(30, 38, "-15 -16 30 38", inside), [30, 38], [15, 37], "pin");
}

/* A group of buildings: two squares, one behind the other. */
export function stackIcon(count) {
  const inside =
    `<rect x="-12" y="-17" width="30" height="30" rx="5" fill="#c7dcef" stroke="#003087" stroke-width="1.5"/>` +
    `<rect x="-17" y="-12" width="30" height="30" rx="5" fill="#fff" stroke="#003087" stroke-width="2"/>` +
    `<text x="-2" y="8" text-anchor="middle" font-size="13" font-weight="600" fill="#003087">${shortNumber(count)}</text>`;
  return icon(svg(38, 38, "-19 -19 38 38", inside), [38, 38], [19, 19], "block");
}

/* The symbol of a part in its colour, for keys and cards. */
export function symbol(look) {
  const template = document.createElement("template");
  const path = SYMBOLS[look.symbol] || SYMBOLS.circle;
  template.innerHTML = svg(16, 16, "-8 -8 16 16", `<g fill="${hue(look)}">${path}</g>`);
  return template.content;
}

/* The look of the most frequent part, or null where there is none. */
export function mostFrequent(parts, looks) {
  return looks.reduce(
    (best, look) => ((parts[look.slug] || 0) > (best ? parts[best.slug] : 0) ? look : best),
    null,
  );
}
