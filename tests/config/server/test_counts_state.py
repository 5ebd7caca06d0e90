"""The state of a layer's counts, by which cached tiles are evicted."""

import pytest

from config.server.counts_state import CountsState, read_state
from geo.core.errors import TooSlow
from geo.counts.fold import new_version
from pledges.pledging.models import SPEC
from tests.processes import locked


def test_the_state_tells_what_moved_since_the_one_that_is_known(pledge, count_up):
    pledge(outcode="SO14")
    count_up()
    known = read_state("pledges", None)
    assert (known.demo, known.spots) == (False, None)
    assert read_state("pledges", known).spots == frozenset()
    made = pledge(outcode="BS1")
    count_up()
    new_version(SPEC)
    now = read_state("pledges", known)
    assert (now.version, now.spots) == (known.version + 2, {made.morton})
    assert not now.same_as(known)


def test_with_the_first_demo_content_all_tiles_say_so(pledge, count_up):
    pledge(outcode="SO14")
    count_up()
    known = read_state("pledges", None)
    pledge(outcode="BS1", demo=True)
    count_up()
    now = read_state("pledges", known)
    assert (now.demo, now.spots) == (True, None)


def test_of_what_gives_no_account_every_move_may_be_anywhere(pledge, count_up):
    known = read_state("organisations", None)
    pledge(outcode="SO14")
    count_up()
    assert read_state("organisations", known) == CountsState(known.version + 1, False, None)


def test_nobody_waits_for_it_longer_than_for_a_tile(committed, settings):
    settings.STATEMENT_TIMEOUT_MS = 50
    with locked("geo_fold"), pytest.raises(TooSlow):
        read_state("pledges", None)
