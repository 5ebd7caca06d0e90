/* Join clusters that would cover each other on the screen. Sums stay exact: nothing is dropped. */

const TOUCH = 0.82; // share of the two radii's sum within which two rings become one

function joined(a, b) {
  const count = a.count + b.count;
  const parts = { ...a.parts };
  for (const [slug, n] of Object.entries(b.parts)) parts[slug] = (parts[slug] || 0) + n;
  return {
    count,
    parts,
    x: (a.x * a.count + b.x * b.count) / count,
    y: (a.y * a.count + b.y * b.count) / count,
    bbox: [
      Math.min(a.bbox[0], b.bbox[0]),
      Math.min(a.bbox[1], b.bbox[1]),
      Math.max(a.bbox[2], b.bbox[2]),
      Math.max(a.bbox[3], b.bbox[3]),
    ],
    members: [...a.members, ...b.members],
  };
}

/*
 * `items` have x and y in pixels, count, parts, bbox and members. The largest stay where they
 * are as far as can be; the answer does not depend on the order in which tiles arrived.
 */
export function mergeClusters(items, sizeOf) {
  const sorted = [...items].sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y);
  const kept = [];
  for (const next of sorted) {
    let item = next;
    for (;;) {
      const near = kept.findIndex((other) => {
        const room = ((sizeOf(item) + sizeOf(other)) / 2) * TOUCH;
        return Math.abs(other.x - item.x) < room && Math.hypot(other.x - item.x, other.y - item.y) < room;
      });
      if (near < 0) break;
      item = joined(kept.splice(near, 1)[0], item);
    }
    kept.push(item);
  }
  return kept;
}
