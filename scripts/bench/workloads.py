"""What is requested of each contender: the same work, by the addresses that each has for it."""

import math
import random
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection

from geo.areas.models import Area
from geo.geocoding.models import Place
from hubs.hub.models import Hub
from scripts.bench.questions import Questions, tile_at

OURS, TIPG, PYGEOAPI = "changemap", "tipg", "pygeoapi"
VECTORTILES, DRF, CLUSTERS = "django-vectortiles", "djangorestframework-gis", "supercluster"
# Which server answers for which contender: two of them are packages of one Django site.
SERVED_BY = {VECTORTILES: "django", DRF: "django"}
SIDE = 3  # tiles of 256 px across and down that a telephone's map asks for
EXPORTED = 100_000
BOXES = {100: 24, 1_000: 12, 10_000: 3}  # features in the box: boxes of a round


@dataclass(frozen=True)
class Workload:
    """`paths` are the addresses to request, by contender. `rounds` is fewer for what takes long."""

    name: str
    paths: dict[str, list[str]]
    rounds: int = 3
    note: str = ""


def tile_paths(contender: str, tiles: list[tuple[int, int, int]]) -> list[str]:
    form = {
        OURS: "/tiles/pledges/{}/{}/{}.json",
        TIPG: "/collections/peers.spot/tiles/WebMercatorQuad/{}/{}/{}?properties=theme",
        VECTORTILES: "/tiles/{}/{}/{}.mvt",
        CLUSTERS: "/{}/{}/{}.mvt",
    }[contender]
    return [form.format(*tile) for tile in tiles]


def session(draw: random.Random, questions: Questions) -> list[tuple[int, int, int]]:
    """Return the tiles that one visitor's map asks for: the country, then closer and about.

    The window of a telephone at each zoom from 5 to 14 around a pledge, and at three zooms a step
    aside; what is in the browser's memory is not paths again.
    """
    at = questions.tile()
    seen: dict[tuple[int, int, int], None] = {}
    for z in range(5, 15):
        for aside in (0, draw.choice((-1, 1))) if z in (8, 11, 14) else (0,):
            middle = [(place + 0.5) / (1 << at.z) * (1 << z) for place in (at.x, at.y)]
            left, top = (math.floor(place) - SIDE // 2 for place in middle)
            for column in range(left + aside, left + aside + SIDE):
                for row in range(top, top + SIDE):
                    seen[z, column, row] = None
    return list(seen)


def many_tiles(number: int) -> list[tuple[int, int, int]]:
    """Return different tiles of zoom 5 to 14 that hold a pledge, in no order."""
    with connection.cursor() as cursor:
        cursor.execute("select reltuples from pg_class where relname = 'pledges_pledge'")
        share = min(100.0, 100 * number / max(1.0, cursor.fetchone()[0]))
        cursor.execute(
            "select 5 + mod(id, 10)::int, st_x(location), st_y(location) from pledges_pledge"
            " tablesample system (%s) where public and location is not null",
            [share],
        )
        found = {(t.z, t.x, t.y) for t in (tile_at(*row) for row in cursor.fetchall())}
    tiles = sorted(found)
    random.Random(5).shuffle(tiles)  # noqa: S311 - repeatable, and no secret
    return tiles


def tiles(questions: Questions, contenders: list[str], sessions: int) -> list[Workload]:
    """Return one work a session, so that no round asks what an earlier one had."""
    draw = questions.random
    walked = [session(draw, questions) for _ in range(sessions)]
    return [Workload("tiles", {c: tile_paths(c, each) for c in contenders}) for each in walked]


def items(questions: Questions) -> list[Workload]:
    found = []
    for number, boxes in BOXES.items():
        paths: dict[str, list[str]] = {name: [] for name in (OURS, TIPG, PYGEOAPI, DRF)}
        for _ in range(boxes):
            box, most = box_of(questions, number), f"limit={number}"
            paths[OURS].append(f"/api/collections/pledges/items?bbox={box}&{most}")
            paths[TIPG].append(f"/collections/peers.pledge/items?bbox={box}&{most}&f=geojson")
            paths[PYGEOAPI].append(f"/collections/pledge/items?bbox={box}&{most}&f=json")
            paths[DRF].append(f"/pledges?in_bbox={box}&{most}")
        found.append(Workload(f"items, {number:,} in a box", paths))
    return found


def export(questions: Questions) -> Workload:
    box, most = box_of(questions, EXPORTED), "limit=200000"
    return Workload(
        "export of 100,000",
        {
            OURS: [f"/api/collections/pledges/export.geojson?bbox={box}"],
            TIPG: [f"/collections/peers.pledge/items?bbox={box}&{most}&f=geojson"],
            PYGEOAPI: [f"/collections/pledge/items?bbox={box}&{most}&f=json"],
            DRF: [f"/pledges?in_bbox={box}&{most}"],
        },
        rounds=1,
        note="each in one answer; the peers are allowed one so long",
    )


def box_of(questions: Questions, number: int) -> str:
    """Return west,south,east,north of a box that holds at least `number` pledges, not many more."""
    at = questions.tile()
    with connection.cursor() as cursor:
        cursor.execute(
            "select st_xmin(e), st_ymin(e), st_xmax(e), st_ymax(e) from (select st_extent(geom)"
            " as e from (select location as geom from pledges_pledge where public"
            " and location is not null order by location <->"
            " st_transform(st_centroid(st_tileenvelope(%s, %s, %s)), 4326) limit %s) as near) as b",
            [at.z, at.x, at.y, round(number * 0.8)],
        )
        west, south, east, north = cursor.fetchone()
    # A box that is one place alone is no box.
    return f"{west - 1e-4:.6f},{south - 1e-4:.6f},{east + 1e-4:.6f},{north + 1e-4:.6f}"


def lookups(questions: Questions, number: int) -> list[Workload]:
    """Return what people look up: points, postcodes, hubs, and places half typed."""
    codes = questions.postcodes(number)
    points = [(f"{code.location.x:.6f}", f"{code.location.y:.6f}") for code in codes]
    draw, names = questions.random, list(Place.objects.values_list("name", flat=True)) or ["London"]
    hubs = Hub.objects.exists()
    begun = [draw.choice(names)[: draw.randint(3, 6)].strip() for _ in range(number)]
    return [
        Workload(
            "point to district",
            {
                OURS: [f"/api/reverse?lon={x}&lat={y}" for x, y in points],
                TIPG: [
                    f"/collections/peers.district/items?bbox={x},{y},{x},{y}&f=geojson"
                    for x, y in points
                ],
                PYGEOAPI: [
                    f"/collections/district/items?bbox={x},{y},{x},{y}&f=json" for x, y in points
                ],
                DRF: [f"/district?point={x},{y}" for x, y in points],
            },
            note="ours tells nation, region, nearest place, outcode and hubs as well",
        ),
        Workload(
            "nearest hub",
            {
                OURS: [f"/api/nearest-hub?lon={x}&lat={y}" for x, y in points if hubs],
                DRF: [f"/hubs?point={x},{y}&limit=1" for x, y in points],
            },
            note="ours tells whose area holds the point as well",
        ),
        Workload(
            "postcode",
            {
                OURS: [f"/api/geocode?q={code.code}" for code in codes],
                TIPG: [f"/collections/peers.postcode/items?id={c.code}&f=geojson" for c in codes],
                PYGEOAPI: [f"/collections/postcode/items/{c.code}?f=json" for c in codes],
                DRF: [f"/postcodes/{c.code}" for c in codes],
            },
            note="ours tells district, region and nation as well",
        ),
        Workload(
            "type-ahead",
            {
                OURS: [f"/api/suggest?q={quote(word)}" for word in begun],
                DRF: [f"/places?search={quote(word)}&limit=10" for word in begun],
            },
            note="ours finds areas and organisations, and forgives a slip, as well",
        ),
    ]


def dashboards() -> Workload:
    regions = Area.objects.regions().without_boundaries().order_by("-pk")[:3]
    return Workload(
        "dashboard of a region",
        {
            OURS: [f"/areas/{region.code}/dashboard/" for region in regions],
            DRF: [f"/dashboards/{region.pk}" for region in regions],
        },
        rounds=1,
        note="the peer groups the rows by Django's ORM and writes no page",
    )
