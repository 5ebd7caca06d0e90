"""Whatever path wrote a pledge, the next fold counts it: once, and everywhere."""

import datetime

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.utils import timezone

from geo.counts.fold import TAKEN, fold, moved_spots
from geo.counts.models import Change
from geo.tiles.grid import Tile, morton_decode, tiles_over
from pledges.counts.totals import count
from pledges.filters import PledgeFilters
from pledges.map.tiles import clusters
from pledges.pledging import actions
from pledges.pledging.models import SPEC, Pledge
from tests.geo.counts.counts import NOTHING, counted, kept, queued, version

MARCH = datetime.date(2014, 3, 3)


@pytest.fixture
def some(pledge, ground, count_up) -> list[Pledge]:
    """Five pledges, of every way to be shown, counted."""
    made = [
        pledge(organisation=ground.hospital, on=MARCH, theme="staff"),
        pledge(organisation=ground.clinic, on=datetime.date(2024, 12, 31), done=True),
        pledge(outcode="SO14", i_am=Pledge.IAm.PATIENT),
        pledge(region=ground.east, on=MARCH, organisation=ground.hospital, who=Pledge.Who.TEAM),
        pledge(on=MARCH),
    ]
    count_up()
    return made


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_new_pledges_are_counted(some):
    assert kept() == counted()
    assert queued() == 0


def test_nothing_is_counted_before_the_fold(pledge):
    pledge(outcode="SO14")
    assert queued() == 1
    assert kept() == NOTHING


def test_a_day_is_that_of_london(pledge, count_up):
    """Half past midnight in British Summer Time is the evening before in UTC."""
    made = pledge(on=datetime.datetime(2024, 6, 30, 23, 30, tzinfo=datetime.UTC))
    count_up()
    assert made.day == datetime.date(2024, 7, 1)
    assert {period for _, period, *_ in kept()["ledger"]} == {0, 2024, 202407, 20240701}


def tiles() -> dict[Tile, dict]:
    """Return all tiles of some zooms that have any pledge."""
    codes = Pledge.objects.public().filter(morton__isnull=False).values_list("morton", flat=True)
    columns = [
        (z, *morton_decode(code >> 2 * (24 - z))) for code in codes for z in (0, 5, 11, 15, 18)
    ]
    return {Tile(*each): clusters(PledgeFilters(), Tile(*each)) for each in columns}


def changed_by_save(pledges, ground):
    pledges[0].theme = ground.themes["care"]
    pledges[0].save()


def changed_by_update(pledges, ground):
    Pledge.objects.filter(region=ground.east).update(done_at=timezone.now(), who=1)


def changed_by_bulk_update(pledges, ground):
    for made in pledges:
        made.i_am = Pledge.IAm.PUBLIC
    Pledge.objects.bulk_update(pledges, ["i_am"])


def changed_by_sql(pledges, ground):
    sql("update pledges_pledge set created_at = created_at - interval '40 days'")


def moved(pledges, ground):
    Pledge.objects.filter(pk=pledges[2].pk).update(location=Point(-3.9, 50.1, srid=4326))


def moved_off_the_map(pledges, ground):
    Pledge.objects.filter(pk=pledges[2].pk).update(
        show=Pledge.Show.NONE, location=None, district=None, region=None, outcode=""
    )


def hidden(pledges, ground):
    Pledge.objects.filter(pk__in=[pledges[1].pk, pledges[3].pk]).update(hidden_at=timezone.now())


def shown_again(pledges, ground):
    hidden(pledges, ground)
    Pledge.objects.update(hidden_at=None)


def withdrawn(pledges, ground):
    actions.withdraw(pledges[0])


def deleted(pledges, ground):
    pledges[2].delete()


def deleted_in_bulk(pledges, ground):
    Pledge.objects.exclude(pk=pledges[0].pk).delete()


def deleted_by_sql(pledges, ground):
    sql("delete from pledges_pledgecounts")
    sql("delete from pledges_pledge where id <> %s", pledges[4].pk)


def inserted_in_bulk(pledges, ground):
    now = timezone.now()
    Pledge.objects.bulk_create(
        Pledge(
            text="I will smile.",
            theme=ground.themes["attitude"],
            show=Pledge.Show.ORGANISATION,
            organisation=ground.clinic,
            location=ground.clinic.location,
            district=ground.birchester,
            region=ground.east,
            created_at=now,
            confirmed_at=now if number % 2 else None,
        )
        for number in range(7)
    )


def inserted_by_sql(pledges, ground):
    columns = "text, who, show, team, display_name, outcode, demo, theme_id, organisation_id,"
    columns += " location, district_id, region_id, created_at, confirmed_at"
    sql(
        f"insert into pledges_pledge ({columns}) select {columns} from pledges_pledge"
        " cross join generate_series(1, 3)"
    )


def copied_onto_itself(pledges, ground):
    """INSERT ... ON CONFLICT DO UPDATE: an import that meets rows it brought before."""
    sql(
        "insert into pledges_pledge (id, text, who, show, team, display_name, outcode, demo,"
        " theme_id, created_at, confirmed_at) values (%s, 'x', 1, 4, '', '', '', false, 2, now(),"
        " now()) on conflict (id) do update set theme_id = excluded.theme_id",
        pledges[4].pk,
    )


WAYS = [
    *(changed_by_save, changed_by_update, changed_by_bulk_update, changed_by_sql, moved),
    *(moved_off_the_map, hidden, shown_again, withdrawn, deleted, deleted_in_bulk),
    *(deleted_by_sql, inserted_in_bulk, inserted_by_sql, copied_onto_itself),
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_write_goes_past_the_counts(some, ground, count_up, way):
    before, at, shown = kept(), version(), tiles()
    way(some, ground)
    assert kept() == before
    count_up()
    assert kept() == counted()
    assert queued() == 0
    if way is not shown_again:
        assert kept() != before
    moved_in = {tile for spot in moved_spots(SPEC, at, version()) for tile in tiles_over(spot)}
    now = tiles()
    changed = {tile for tile in now.keys() | shown.keys() if now.get(tile) != shown.get(tile)}
    assert {(tile.z, tile.code) for tile in changed} <= moved_in


def test_what_does_not_count_queues_nothing(some):
    Pledge.objects.update(due=MARCH, team="Ward 4")
    some[0].save()
    assert queued() == 0


def test_pledges_that_are_not_public_queue_nothing(pledge):
    pledge(confirmed=False).delete()
    assert queued() == 0


def test_a_statement_that_changes_a_thousand_rows_is_one_insert_into_the_queue(
    some, django_assert_num_queries
):
    inserted_by_sql(some, None)
    Change.objects.all().delete()
    with django_assert_num_queries(1):
        changed = Pledge.objects.update(done_at=timezone.now())
    assert queued() == 2 * changed - 2  # the one that was done before is the same as before


def test_a_pledge_made_and_unmade_between_two_folds_leaves_no_trace(some, pledge, count_up):
    before = kept()
    pledge(outcode="BS1").delete()
    count_up()
    assert kept() == before


def test_the_fold_takes_a_bounded_piece_and_the_rest_stays(some):
    Pledge.objects.update(done_at=None)
    Pledge.objects.update(done_at=timezone.now())
    waiting = queued()
    assert fold(SPEC, most=3) == 3
    assert queued() == waiting - 3
    while fold(SPEC, most=3):
        pass
    assert kept() == counted()


def test_a_burst_is_taken_in_one_pass(ground):
    """A join would read the queue once for each of its rows: the planner thinks it is empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"explain with {TAKEN} select count(*) from taken", {"layer": 1, "most": 20_000}
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Delete on geo_change" in plan
    assert "Join" not in plan
    assert "Nested Loop" not in plan


def test_a_fold_with_nothing_to_do_changes_nothing(some, count_up):
    before, at = kept(), version()
    assert count_up() == 0
    assert (kept(), version()) == (before, at)


def test_each_fold_has_a_new_version(some, pledge, count_up):
    at = version()
    pledge()
    assert count_up() == 1
    assert version() == at + 1


def test_other_words_are_a_new_version_of_the_same_counts(some, count_up):
    """Counts of words are kept in memory by the version."""
    assert count(PledgeFilters(q="penguins")) == 0
    before, at = kept(), version()
    Pledge.objects.filter(pk=some[0].pk).update(text="I will greet penguins.")
    count_up()
    assert (kept(), version()) == (before, at + 1)
    assert count(PledgeFilters(q="penguins")) == 1


def test_the_queue_of_another_layer_is_left_alone(some, count_up):
    Change.objects.create(layer=2, sign=1, region=0, day=MARCH, shown=1, facet=1, part=1)
    assert count_up() == 0
    assert kept() == counted()
    assert Change.objects.filter(layer=2).count() == 1
