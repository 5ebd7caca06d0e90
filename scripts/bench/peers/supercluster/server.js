// The peer supercluster: reads "lon,lat,theme" lines, clusters them and answers vector tiles.
// node server.js PORT FILE
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Supercluster from "supercluster";
import vtpbf from "vt-pbf";

const [port, file] = process.argv.slice(2);
const points = [];
for await (const line of createInterface({ input: createReadStream(file) })) {
  const [lon, lat, theme] = line.split(",").map(Number);
  points.push({
    type: "Feature",
    geometry: { type: "Point", coordinates: [lon, lat] },
    properties: { theme },
  });
}
const index = new Supercluster({ radius: 128, extent: 512, maxZoom: 16 }).load(points);
const PATH = /^\/(\d+)\/(\d+)\/(\d+)\.mvt$/;

createServer((request, response) => {
  const asked = PATH.exec(request.url);
  const tile = asked && index.getTile(...asked.slice(1).map(Number));
  const body = tile ? Buffer.from(vtpbf.fromGeojsonVt({ pledges: tile }, { extent: 512 })) : "";
  response.writeHead(200, {
    "Content-Type": "application/vnd.mapbox-vector-tile",
    "Content-Length": body.length,
  });
  response.end(body);
}).listen(Number(port), "127.0.0.1");
