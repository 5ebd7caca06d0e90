"""What all tests share: the ground, a cast whom every reader knows, and pledges to fill it."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from geo.totals.fold import fold
from pledges import totals
from pledges.models import Pledge, User
from pledges.models.pledges import SPEC
from tests import factories


@pytest.fixture(autouse=True)
def _no_counts_kept_in_memory() -> Iterator[None]:
    """Counts kept by their version are no good once a test's rows are gone."""
    totals._counted.cache_clear()
    yield
    totals._counted.cache_clear()


@pytest.fixture
def ground(db) -> factories.Ground:
    """Squares, postcodes, themes and organisations: see `tests.factories`."""
    return factories.draw_ground()


@pytest.fixture
def alice(db) -> User:
    """A nurse, who makes pledges."""
    return User.objects.create_user("alice@example.org", name="Alice")


@pytest.fixture
def bob(db) -> User:
    """A patient, who makes pledges too."""
    return User.objects.create_user("bob@example.org", name="Bob")


@pytest.fixture
def charlie(db) -> User:
    """A stranger, who may see what is public and nothing else."""
    return User.objects.create_user("charlie@example.org", name="Charlie")


@pytest.fixture
def pledge(ground) -> Callable[..., Pledge]:
    """Make a pledge on the ground: `pledge("I will smile.", outcode="SO14", theme="attitude")`."""
    return partial(factories.make_pledge, ground)


@pytest.fixture
def count_up(db) -> Callable[[], int]:
    """Fold what is queued, as the worker does every half second; answers how many changes."""
    return partial(fold, SPEC)
