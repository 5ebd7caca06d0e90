"""Counting afresh: what bulk loads do, and what finds and mends a difference."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from geo.counts.fold import fold
from geo.counts.models import Cell, Cube, Ledger
from geo.counts.rebuild import differences, rebuild
from pledges.counts.totals import count
from pledges.filters import PledgeFilters
from pledges.pledging.counted import SPECS
from pledges.pledging.models import SPEC, Pledge
from tests.geo.counts.counts import NOTHING, counted, kept, queued, version
from tests.processes import elsewhere

pytestmark = pytest.mark.usefixtures("committed")
NONE = dict.fromkeys(("geo_cell", "geo_cube", "geo_ledger"), 0)
Dimension = Ledger.Dimension


@pytest.fixture
def some(pledge, ground) -> list[Pledge]:
    days = [datetime.date(2014, 3, 3), datetime.date(2014, 4, 1), datetime.date(2020, 2, 29)]
    return [
        pledge(**place, theme=theme, on=day)
        for day, theme in zip(days, ("care", "staff", "patients"), strict=True)
        for place in (
            {"organisation": ground.hospital},
            {"outcode": "SO14"},
            {"outcode": "BS1"},
            {"region": ground.east},
            {},
        )
    ]


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_counted_afresh_is_what_the_folds_have_kept(some, count_up):
    count_up()
    folded = kept()
    assert folded == counted()
    rebuild([SPEC])
    assert kept() == folded


def test_without_a_row_there_are_no_counts(ground):
    rebuild([SPEC])
    assert kept() == NOTHING
    assert differences(SPEC) == NONE


def test_nothing_needs_to_be_on_the_map(pledge, ground):
    pledge(region=ground.east)
    pledge()
    rebuild(SPECS)
    assert kept() == counted()
    assert differences(SPEC) == NONE


def test_counting_afresh_empties_the_queue_and_is_a_new_version(some):
    rebuild([SPEC])
    assert queued() == 0
    assert kept() == counted()
    at = version()
    rebuild([SPEC])
    assert version() == at + 1


def test_what_is_written_during_the_count_waits_for_the_next_fold(some, pledge, count_up):
    """Neither counted twice nor lost; and nobody folds while the counts are replaced."""
    folds = []

    def meanwhile(words: str) -> None:
        if len(folds) < 2:
            elsewhere(lambda: pledge(outcode="SO14"))
            elsewhere(lambda: some.pop().delete())
            folds.append(elsewhere(lambda: fold(SPEC)))

    before = counted()
    rebuild([SPEC], meanwhile)
    assert folds == [0, 0]
    assert kept() == before
    assert queued() == 4
    count_up()
    assert kept() == counted() != before


def test_another_layer_keeps_its_counts(some):
    entry = {"layer": 2, "dimension": 1, "period": 0, "within": 0, "place": 0, "facet": 1}
    Ledger.objects.create(**entry, shown=0, n=5)
    Cell.objects.create(layer=2, cz=3, morton=1, n=1, sum_x=1, sum_y=1, parts=[0] * 12)
    rebuild([SPEC])
    assert Ledger.objects.get(layer=2).n == 5
    assert Cell.objects.get(layer=2).morton == 1
    assert kept() == counted()


def test_without_trouble_nothing_differs(some):
    """What is still queued is no difference."""
    assert queued() > 0
    assert differences(SPEC) == NONE
    assert queued() == 0


def spoil() -> None:
    Cell.objects.filter(cz=5).update(n=99)
    Cube.objects.filter(period=0, cz=12).delete()
    entries = Ledger.objects.filter(layer=SPEC.layer)
    entries.filter(pk=entries.filter(period=2014).first().pk).update(n=0)
    entries.filter(dimension=Dimension.OWNER, period=0).update(n=-1)
    # Before the first piece that is compared, and after the last.
    entry = {"layer": SPEC.layer, "period": 7, "within": 0, "place": 1, "facet": 7, "shown": 0}
    Ledger.objects.create(**entry, dimension=0, n=1)
    Ledger.objects.create(**entry, dimension=99, n=1)


def test_differences_are_found_and_mended(some, count_up):
    count_up()
    spoil()
    assert kept() != counted()
    found = differences(SPEC)
    assert found["geo_cell"] == Cell.objects.filter(cz=5).count() > 0
    assert found["geo_cube"] > 0
    assert found["geo_ledger"] == 4
    assert kept() != counted()
    assert differences(SPEC, repair=True) == found
    assert kept() == counted()
    assert differences(SPEC) == NONE


def test_mended_counts_are_a_new_version(some, count_up):
    """Whoever keeps an answer by the version must not keep a wrong one."""
    count_up()
    spoil()
    at = version()
    differences(SPEC, repair=True)
    assert version() > at


def test_check_totals_fails_until_repaired(some, count_up, capsys):
    count_up()
    call_command("check_totals")
    assert "geo_cell: 0 differ" in capsys.readouterr().out
    spoil()
    with pytest.raises(CommandError, match="--repair"):
        call_command("check_totals")
    call_command("check_totals", repair=True)
    call_command("check_totals")
    spoil()
    call_command("check_totals", rebuild=True)
    assert kept() == counted()


def test_with_the_trigger_off_a_rebuild_finds_what_was_loaded(some, count_up):
    count_up()
    sql("alter table pledges_pledge disable trigger user")
    try:
        Pledge.objects.filter(show=Pledge.Show.NONE).update(done_at="2024-01-01T00:00Z")
    finally:
        sql("alter table pledges_pledge enable trigger user")
    assert queued() == 0
    assert kept() != counted()
    rebuild([SPEC])
    assert kept() == counted()


def test_truncate_empties_the_counts_and_is_a_new_version(some, pledge, count_up):
    count_up()
    pledge()
    assert count(PledgeFilters(q="listen")) == 16
    at = version()
    sql("truncate pledges_pledge cascade")
    assert kept() == NOTHING
    assert queued() == 0
    assert version() > at
    assert count(PledgeFilters(q="listen")) == 0
    pledge()
    count_up()
    assert kept() == counted()
