/* Put packed shapes together again: the other half of geo/basemap/packing.py. */

const DEPTH = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };

function points(steps, quantum) {
  const found = [];
  let x = 0;
  let y = 0;
  for (let index = 0; index < steps.length; index += 2) {
    x += steps[index];
    y += steps[index + 1];
    found.push([x / quantum, y / quantum]);
  }
  return found;
}

const nested = (parts, depth, quantum) =>
  depth ? parts.map((part) => nested(part, depth - 1, quantum)) : points(parts, quantum);

/* Return GeoJSON features. */
export const unpackShapes = ({ quantum, shapes }) =>
  shapes.map(({ type, at, ...properties }) => ({
    type: "Feature",
    properties,
    geometry: { type, coordinates: nested(at, DEPTH[type], quantum) },
  }));
