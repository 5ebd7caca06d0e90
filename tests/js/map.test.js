/* The map: packed shapes, clusters, markers, names, and the view in the address. */

import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.js";
import { filesAt } from "../../geo/static/geo/map/base-layer.js";
import { firstFree, labelBoxes, townsToName } from "../../geo/static/geo/map/labels.js";
import { arcs, mostFrequent, ringSize } from "../../geo/static/geo/map/marker-icons.js";
import { nextInDirection } from "../../geo/static/geo/map/markers.js";
import { mergeClusters } from "../../geo/static/geo/map/merge.js";
import { unpackShapes } from "../../geo/static/geo/map/unpack.js";
import { formatHash, parseHash } from "../../geo/static/geo/map/view.js";

test("packed steps become coordinates again, whatever the kind of shape", () => {
  const [line, area] = unpackShapes({
    quantum: 100,
    shapes: [
      { type: "LineString", at: [100, 5000, 1, -2, 1, 0], name: "Aire" },
      { type: "MultiPolygon", at: [[[0, 0, 100, 0, 0, 100, -100, -100]]], code: "Y63" },
    ],
  });
  assert.deepEqual(line.geometry, { type: "LineString", coordinates: [[1, 50], [1.01, 49.98], [1.02, 49.98]] });
  assert.deepEqual(line.properties, { name: "Aire" });
  assert.deepEqual(area.geometry.coordinates, [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]);
  assert.equal(area.type, "Feature");
});

const cluster = (x, y, count, parts = { care: count }) => ({ x, y, count, parts, bbox: [x, y, x, y], members: [`${x} ${y}`] });
const SIZE = () => 40;

test("clusters that would cover each other are joined, and their sums stay exact", () => {
  const [joined, ...others] = mergeClusters([cluster(0, 0, 3), cluster(20, 0, 1, { staff: 1 })], SIZE);
  assert.deepEqual(others, []);
  assert.equal(joined.count, 4);
  assert.deepEqual(joined.parts, { care: 3, staff: 1 });
  assert.equal(joined.x, 5, "nearer to the larger one");
  assert.deepEqual(joined.bbox, [0, 0, 20, 0]);
  assert.equal(joined.members.length, 2);
});

test("clusters that are apart stay as they are", () => {
  assert.equal(mergeClusters([cluster(0, 0, 3), cluster(33, 0, 1)], SIZE).length, 2);
});

test("joining may bring two more together, and nothing is lost in a crowd", () => {
  const crowd = Array.from({ length: 200 }, (_, n) => cluster((n * 37) % 300, (n * 61) % 300, 1 + (n % 9)));
  const merged = mergeClusters(crowd, SIZE);
  const sum = (items) => items.reduce((total, { count }) => total + count, 0);
  assert.equal(sum(merged), sum(crowd));
  assert.ok(merged.length < crowd.length);
  for (const [index, one] of merged.entries()) {
    for (const other of merged.slice(index + 1)) {
      assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= 40 * 0.82);
    }
  }
});

test("the order in which tiles arrive changes nothing", () => {
  const items = [cluster(0, 0, 3), cluster(20, 0, 1), cluster(200, 5, 2), cluster(215, 0, 2)];
  assert.deepEqual(mergeClusters(items, SIZE), mergeClusters([...items].reverse(), SIZE));
});

test("a ring grows with its count, up to a limit", () => {
  assert.deepEqual([1, 10, 1000, 10 ** 9].map(ringSize), [26, 32, 44, 60]);
});

const LOOKS = [
  { slug: "care", name: "Care", colour: "#2352E8" },
  { slug: "staff", name: "Staff", colour: 'red" onload="alert(1)' },
];

test("arcs are as long as the shares, and a colour that is none is not written", () => {
  const drawn = arcs({ care: 3, staff: 1 }, LOOKS, 10, 4);
  const lengths = [...drawn.matchAll(/stroke-dasharray="([\d.]+) /g)].map(([, length]) => Number(length));
  assert.deepEqual(lengths, [73.5, 23.5]);
  assert.ok(drawn.includes('stroke="#2352E8"'));
  assert.ok(!drawn.includes("onload"));
});

test("a ring of one part has no gap", () => {
  assert.match(arcs({ care: 7 }, LOOKS, 10, 4), /stroke-dasharray="100 0"/);
});

test("the most frequent part is told, the first of equal ones", () => {
  assert.equal(mostFrequent({ care: 1, staff: 2 }, LOOKS).slug, "staff");
  assert.equal(mostFrequent({ care: 2, staff: 2 }, LOOKS).slug, "care");
  assert.equal(mostFrequent({}, LOOKS), null);
});

test("an arrow key goes to the nearest marker that lies more ahead than aside", () => {
  const here = { x: 100, y: 100 };
  const points = [here, { x: 180, y: 110 }, { x: 120, y: 190 }, { x: 40, y: 100 }, { x: 130, y: 100 }];
  assert.equal(nextInDirection(here, points, [1, 0]), 4);
  assert.equal(nextInDirection(here, points, [-1, 0]), 3);
  assert.equal(nextInDirection(here, points, [0, 1]), 2);
  assert.equal(nextInDirection(here, points, [0, -1]), -1, "nothing lies there");
});

test("a name is shifted to where it touches nothing, or left out", () => {
  const boxes = labelBoxes(100, 50, 30, 10, [0, 24]);
  assert.deepEqual(boxes, [[70, 43, 130, 57], [70, 67, 130, 81]]);
  assert.deepEqual(firstFree(boxes, []), boxes[0]);
  assert.deepEqual(firstFree(boxes, [[120, 40, 160, 60]]), boxes[1]);
  assert.equal(firstFree(boxes, [[0, 0, 200, 200]]), undefined);
});

const TOWNS = [["Leeds", 800000, -1.5, 53.8], ["Poole", 150000, -2, 50.7], ["Otley", 14000, -1.7, 53.9]];
const named = (zoom, contains = () => true) => townsToName(TOWNS, zoom, contains).map(({ words, kind }) => `${words} ${kind}`);

test("the closer the view, the smaller the towns that are named", () => {
  assert.deepEqual(named(4), []);
  assert.deepEqual(named(5), ["Leeds city"]);
  assert.deepEqual(named(7), ["Leeds city", "Poole town"]);
  assert.deepEqual(named(14), ["Leeds city", "Poole town", "Otley town"]);
  assert.deepEqual(named(14, ([lat]) => lat > 53), ["Leeds city", "Otley town"]);
});

test("coarse files do far out, rivers come close up", () => {
  assert.deepEqual(filesAt(5), ["land_low"]);
  assert.deepEqual(filesAt(7), ["land_low", "built", "lakes"]);
  assert.deepEqual(filesAt(8), ["land", "built", "lakes", "rivers"]);
});

test("the view is read from the address", () => {
  const { place, layers } = parseHash("#map=7.25/52.4000/-1.5000&layers=pledges,events");
  assert.deepEqual(place, { zoom: 7.25, at: [52.4, -1.5] });
  assert.deepEqual(layers, ["pledges", "events"]);
  assert.deepEqual(parseHash(""), { place: null, layers: null });
  assert.deepEqual(parseHash("#map=&layers=").layers, [], "no layer is a choice too");
});

test("an address that is no view is as none", () => {
  for (const hash of ["#map=7/91/0", "#map=7/50/181", "#map=x/50/1", "#map=7/50", "#list", "#map=777/5/1"]) {
    assert.equal(parseHash(hash).place, null, hash);
  }
});

test("the view that is written is the view that is read", () => {
  const hash = formatHash(7.249, { lat: 52.40001, lng: -1.5 }, ["pledges"]);
  assert.equal(hash, "#map=7.25/52.4000/-1.5000&layers=pledges");
  assert.deepEqual(parseHash(hash), { place: { zoom: 7.25, at: [52.4, -1.5] }, layers: ["pledges"] });
  assert.equal(formatHash(5, { lat: 52, lng: 0 }, null), "#map=5/52.0000/0.0000");
});
