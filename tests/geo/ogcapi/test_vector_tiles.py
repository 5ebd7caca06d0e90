"""Vector tiles: decoded, they say what the JSON tiles say."""

import json

import pyogrio
import pytest

from geo.tiles.grid import Tile

AT = Tile(7, 63, 43)


def decoded(content: bytes, at: Tile, tmp_path) -> list[dict]:
    """As GDAL reads a tile, in degrees."""
    file = tmp_path / "tile.mvt"
    file.write_bytes(content)
    options = {"X": str(at.x), "Y": str(at.y), "Z": str(at.z), "METADATA_FILE": ""}
    frame = pyogrio.read_dataframe(file, **options)
    return json.loads(frame.to_crs(4326).to_json())["features"] if len(frame) else []


@pytest.mark.parametrize("layer", ["pledges", "organisations"])
@pytest.mark.parametrize("query", ["", "?theme=care"])
def test_a_vector_tile_says_what_the_json_tile_says(full, client, tmp_path, layer, query):
    if layer == "organisations" and query:
        query = "?bbox=-2,49,2,53"
    seen = 0
    for at in (Tile(0, 0, 0), AT, Tile(7, 63, 42)):
        path = f"/tiles/{layer}/{at.z}/{at.x}/{at.y}"
        told = client.get(f"{path}.json{query}").json()["features"]
        answer = client.get(f"{path}.mvt{query}")
        assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
        found = decoded(answer.content, at, tmp_path) if answer.content else []
        assert sorted(e["properties"]["count"] for e in found) == sorted(
            e["properties"]["count"] for e in told
        )
        step = 360 / 2**at.z / 4096
        places = sorted(e["geometry"]["coordinates"] for e in told)
        for ours, theirs in zip(
            sorted(e["geometry"]["coordinates"] for e in found), places, strict=True
        ):
            assert abs(ours[0] - theirs[0]) <= step
            assert abs(ours[1] - theirs[1]) <= step
        seen += len(found)
    assert seen > 1


def test_a_vector_tile_is_not_sent_twice(full, client):
    path = "/tiles/pledges/0/0/0.mvt"
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    assert client.get("/tiles/pledges/0/0/0.json")["ETag"] != tag


def test_tilejson_leads_to_the_tiles(full, ask, client):
    collection = ask("collections/pledges").json()
    rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    (link,) = [each for each in collection["links"] if each["rel"] == rel]
    told = client.get(link["href"].removeprefix("http://testserver")).json()
    assert told["tilejson"] == "3.0.0"
    assert told["demo"] is True
    pattern = told["tiles"][0].removeprefix("http://testserver")
    assert client.get(pattern.format(z=0, x=0, y=0)).status_code == 200
    west, south, east, north = told["bounds"]
    assert (west, south) <= (east, north)


def test_a_collection_without_tiles_says_so(full, ask):
    assert ask("collections/districts/tiles.json").status_code == 404
