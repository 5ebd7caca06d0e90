"""A minute of mixed load: what `make trials` does for an hour."""

import pytest
from django.db import connection

from geo.counts.rebuild import differences
from pledges.pledging.counted import SPECS
from pledges.pledging.models import Pledge
from scripts.bench.load import Load
from scripts.bench.questions import Questions
from scripts.bench.servers import ours
from tests.processes import as_tested

SECONDS, LISTENERS = 60, 20


@pytest.fixture
def load(committed, ground, pledge, count_up) -> Load:
    """A load on the real server, over a country with a few pledges."""
    for _ in range(3):
        pledge(outcode="SO14")
    pledge(organisation=ground.hospital)
    count_up()
    with connection.cursor() as cursor:
        # What earlier tests left behind dead is swept up, as on a database that is kept.
        cursor.execute("vacuum analyze pledges_pledge, geo_cell")
    server = ours()
    server.variables = as_tested()
    server.start()
    try:
        made = Load(server, Questions(), SECONDS, LISTENERS)
        made.run()
    finally:
        server.stop()
    return made


def test_reading_pledging_and_listening_at_once_go_well_and_all_is_counted(load):
    assert load.errors == []
    assert {"tile", "items", "map", "wall", "pledge made"} <= set(load.times)
    assert load.heard >= LISTENERS
    assert load.megabytes[-1] > 0
    # What the load made is taken out again, and the counts know.
    assert Pledge.objects.count() == 4
    assert [n for spec in SPECS for n in differences(spec).values() if n] == []
