"""Everything on the map: in a box, near a point, from edge to edge."""

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db import connection

from pledges.organisations.models import Organisation
from tests.factories import make_organisation

# A degree of longitude at the equator, and of latitude there: WGS84.
EAST, NORTH = 111_319.5, 110_574.3


@pytest.fixture
def cross(db) -> None:
    """A crossing at the equator, with an arm of a degree each way; and one that has no place."""
    for name, at in {
        "Middle": (0, 0),
        "East": (1, 0),
        "West": (-1, 0),
        "North": (0, 1),
        "South": (0, -1),
    }.items():
        make_organisation(name.upper(), name, at, None)
    make_organisation(None, "Nowhere", None, None)


def names(rows) -> list[str]:
    return [row.name for row in rows]


def box(*edges: float) -> Polygon:
    made = Polygon.from_bbox(edges)
    made.srid = 4326
    return made


def test_near_is_in_metres_nearest_first(cross):
    point = Point(0, 0.1, srid=4326)
    found = list(Organisation.objects.near(point, 112_000))
    assert names(found)[:2] == ["Middle", "North"]
    assert found[0].distance.m == pytest.approx(0.1 * NORTH, rel=1e-4)
    assert found[1].distance.m == pytest.approx(0.9 * NORTH, rel=1e-4)
    assert set(names(found)[2:]) == {"East", "West"}


def test_a_metre_more_or_less_decides(cross):
    point = Point(0, 0, srid=4326)
    assert "East" in names(Organisation.objects.near(point, EAST + 1))
    assert "East" not in names(Organisation.objects.near(point, EAST - 1))


def test_near_reads_the_index_in_metres(cross):
    nearby = Organisation.objects.near(Point(0, 0, srid=4326), 1000)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        sql, values = nearby.query.sql_with_params()
        cursor.execute(f"explain {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "pledges_organisation_geog" in plan


def test_a_box_has_its_edges(cross):
    assert set(names(Organisation.objects.in_bbox(box(0, 0, 1, 1)))) == {"Middle", "East", "North"}


def test_two_boxes_are_one_question(cross):
    both = MultiPolygon(box(0.5, -0.5, 1.5, 0.5), box(-1.5, -0.5, -0.5, 0.5), srid=4326)
    assert set(names(Organisation.objects.in_bbox(both))) == {"East", "West"}


def test_what_has_no_place_is_on_no_map(cross):
    assert "Nowhere" not in names(Organisation.objects.on_map())
    world = box(-180, -90, 180, 90)
    assert Organisation.objects.in_bbox(world).count() == 5


def test_the_extent_is_from_edge_to_edge(cross):
    assert Organisation.objects.extent() == (-1, -1, 1, 1)
    assert Organisation.objects.filter(name="East").extent() == (1, 0, 1, 0)


def test_nothing_has_no_extent(db):
    assert Organisation.objects.extent() is None


def test_a_place_that_moves_takes_its_code_along(cross):
    middle = Organisation.objects.get(name="Middle")
    before = middle.morton
    middle.location = Point(10, 10, srid=4326)
    middle.save()
    middle.refresh_from_db()
    assert middle.morton != before
    middle.location = None
    middle.save()
    middle.refresh_from_db()
    assert middle.morton is None
