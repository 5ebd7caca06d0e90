"""Keep all counts of pledges and of what belongs to them."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from geo.live.feeds import fold_feeds
from geo.models import Ledger
from geo.totals import rebuild
from geo.totals.fold import fold
from geo.totals.spec import Spec
from pledges.models import SPECS, Pledge


def specs() -> tuple[Spec, ...]:
    """All that is counted: pledges, what belongs to them, and what the settings' COUNTED adds."""
    return _specs(tuple(settings.COUNTED))


@functools.cache
def _specs(names: tuple[str, ...]) -> tuple[Spec, ...]:
    return SPECS + tuple(spec for name in names for spec in import_string(name))


def fold_all() -> int:
    """Fold a piece of each queue; return how many changes were moved."""
    return sum(fold(spec) for spec in specs()) + fold_feeds()


def rebuild_all(say: Callable[[str], None] = lambda words: None) -> None:
    """Count everything afresh."""
    for spec in specs():
        rebuild.rebuild(spec, say)


def catch_up(say: Callable[[str], None] = lambda words: None) -> None:
    """Count afresh what was there before there were books: a site that has just been updated."""
    kept = Ledger.objects.filter(layer=SPECS[0].layer)
    if not kept.exists() and Pledge.objects.public().exists():
        rebuild_all(say)
