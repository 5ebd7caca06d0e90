"""Where a fold moved counts is known for a while, so that tiles elsewhere may be shown again."""

from django.contrib.gis.geos import Point
from django.db import connection

from geo.counts.fold import MOST_SPOTS, VERSIONS, moved_spots, new_version
from geo.counts.models import Change
from pledges.pledging.models import SPEC, Pledge
from tests.geo.counts.counts import version


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_where_counts_moved_is_known_from_one_version_to_another(pledge, count_up):
    pledge(outcode="SO14")
    count_up()
    at = version()
    made = pledge(outcode="BS1")
    count_up()
    pledge()  # which is not on the map
    count_up()
    new_version(SPEC)
    assert version() == at + 3
    assert moved_spots(SPEC, at, version()) == {made.morton}
    assert moved_spots(SPEC, at + 1, version()) == frozenset()
    Pledge.objects.filter(pk=made.pk).update(location=Point(-3.9, 50.1, srid=4326))
    count_up()
    there = Pledge.objects.get(pk=made.pk).morton
    assert moved_spots(SPEC, at, version()) == {made.morton, there}


def test_what_gives_no_account_of_itself_may_have_moved_any(pledge, count_up):
    """As do a rebuild, and the trigger of a table that is emptied."""
    pledge(outcode="BS1")
    count_up()
    at = version()
    sql("update geo_fold set version = version + 1")
    assert moved_spots(SPEC, at, version()) is None


def test_of_a_burst_and_of_long_ago_it_is_not_known_where(pledge, count_up):
    pledge(outcode="SO14")
    count_up()
    at = version()
    sql(
        "insert into geo_change (layer, sign, morton, part) select 1, sign, n, 1"
        " from generate_series(1, %s) as n, (values (1), (-1)) as signs(sign)",
        MOST_SPOTS + 1,
    )
    count_up()
    assert version() == at + 1
    assert moved_spots(SPEC, at, at + 1) is None
    for _ in range(VERSIONS):
        new_version(SPEC)
    assert moved_spots(SPEC, at + 1, version()) == frozenset()
    Change.objects.create(layer=SPEC.layer, sign=0, key="1")
    count_up()
    assert moved_spots(SPEC, at + 1, version()) is None
    assert moved_spots(SPEC, at + 2, version()) == frozenset()
