"""What all tests share: the ground, a cast whom every reader knows, and pledges to fill it."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings

from geo.counts.fold import fold
from pledges.accounts.models import User
from pledges.pledging.counted import SPECS
from pledges.pledging.models import Pledge
from scripts.bench.measure import clear_caches
from tests import factories

# How long an example takes depends on what else the machine does.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _no_counts_kept_in_memory() -> Iterator[None]:
    """Counts kept by their version are no good once a test's rows are gone."""
    clear_caches()
    yield
    clear_caches()


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_blocker, django_db_modify_db_settings
) -> Iterator[None]:
    """Make the tests' database, and remove it at the end.

    pytest-django's own fixture makes none where no test collected has its `django_db` mark, and
    `committed` has not: such a run would have written to the database that is configured.
    """
    verbosity = request.config.option.verbose
    with django_db_blocker.unblock():
        made = setup_databases(verbosity, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity)


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """No transaction around the test, so that other connections see its rows; empties the tables.

    Rows are deleted, where pytest-django's `transactional_db` truncates: on a database that
    writes to disk for sure, fifty empty tables take two seconds to truncate.
    """
    with django_db_blocker.unblock():
        yield
        empty_tables()


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A transaction around the tests of a file, for rows that all of them read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def empty_tables() -> None:
    """Delete all rows but those that migrations wrote; foreign keys are checked at the end."""
    kept = {"django_migrations", "django_content_type", "auth_permission", "spatial_ref_sys"}
    models = apps.get_models(include_auto_created=True)
    tables = [table for m in models if (table := m._meta.db_table) not in kept]
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"delete from {table}")
        # The triggers queued what was just deleted.
        cursor.execute("delete from geo_change")


@pytest.fixture
def database(request) -> None:
    """Where the shared rows are written: rolled back after a test or, with `committed`, deleted."""
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "db")


@pytest.fixture
def ground(database) -> factories.Ground:
    """Squares, postcodes, themes and organisations: see `tests.factories`."""
    return factories.draw_ground()


@pytest.fixture
def alice(database) -> User:
    """A nurse, who makes pledges."""
    return User.objects.create_user("alice@example.org", name="Alice")


@pytest.fixture
def bob(database) -> User:
    """A patient, who makes pledges too."""
    return User.objects.create_user("bob@example.org", name="Bob")


@pytest.fixture
def charlie(database) -> User:
    """A stranger, who may see what is public and nothing else."""
    return User.objects.create_user("charlie@example.org", name="Charlie")


@pytest.fixture
def pledge(ground) -> Callable[..., Pledge]:
    """Make a pledge on the ground: `pledge("I will smile.", outcode="SO14", theme="attitude")`."""
    return partial(factories.make_pledge, ground)


@pytest.fixture
def count_up(database) -> Callable[[], int]:
    """Fold what is queued, as the worker does every half second.

    Answers how many changes of pledges were folded, without those of joins, likes and the rest.
    """

    def count() -> int:
        folded = [fold(spec) for spec in SPECS]
        return folded[0]

    return count


# Long walks, of which `make test` takes every so manieth step, and `make every` all.
NONE = 0
STEPS = {
    "tests/test_hostile.py": 12,
    "tests/geo/ogcapi/test_hostile.py": 3,
    "tests/geo/ogcapi/test_maplibre.py": NONE,
    "tests/pledges/test_seed.py": 4,
    "tests/test_forging.py": 9,
    "tests/test_permissions.py": 8,
    "tests/test_strangers.py": 6,
    "tests/test_endurance.py": NONE,  # a load, which a busy machine may fail
    "tests/pledges/test_plans.py": NONE,  # twenty thousand pledges are written first
    "tests/pledges/followup/test_reminder_plans.py": NONE,  # a hundred thousand
    "tests/pledges/test_boxes.py": 6,
    "tests/pledges/test_word_bitmaps.py": 3,
    "tests/pledges/test_lists.py": 2,
    "tests/pledges/test_organisations_shipped.py": 3,
    "tests/pledges/test_wall.py": 3,
    "tests/hubs/dashboards/test_sums.py": 3,
    "tests/hubs/dashboards/test_pages.py": 4,
    "tests/hubs/events/test_hostile.py": 3,
    "tests/hubs/events/test_leaks.py": 3,
    "tests/project/test_serving.py": NONE,
    "tests/admin/test_pages.py": 8,
    "tests/hubs/conversation/test_leaks.py": 3,
    "tests/hubs/hub/test_hostile.py": 4,
    "tests/geo/counts/test_worker.py": 4,
    # Every journey is gone at least once.
    "tests/journeys/test_scripts.py": 3,
    "tests/journeys/test_access.py": 4,
    "tests/journeys/test_wall.py": 4,
    "tests/journeys/test_map.py": 4,
    "tests/journeys/test_pledging.py": 4,
    "tests/journeys/test_failures.py": 3,
    "tests/journeys/test_live.py": 3,
    "tests/journeys/test_hubs.py": 3,
    "tests/journeys/test_events.py": 3,
    "tests/journeys/test_address.py": 4,
    "tests/journeys/test_without_scripts.py": 3,
    "tests/journeys/test_nothing_lost.py": 3,
    "tests/journeys/test_keyboard.py": 3,
    "tests/journeys/test_dashboard.py": 3,
    "tests/journeys/test_decency.py": 2,
    "tests/journeys/test_first_view.py": 4,
    "tests/journeys/test_doing.py": 2,
    "tests/journeys/test_accounts.py": 2,
    "tests/journeys/test_talk_pages.py": 3,
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep every so manieth test of the long walks, the first among them."""
    if os.environ.get("TESTS") == "all":
        return
    seen: Counter[str] = Counter()
    kept, left = [], []
    for item in items:
        name = item.location[0]
        step = STEPS.get(name, 1)
        (kept if step and seen[name] % step == 0 else left).append(item)
        seen[name] += 1
    config.hook.pytest_deselected(items=left)
    items[:] = kept
