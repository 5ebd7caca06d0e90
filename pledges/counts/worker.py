"""Keep all counts of pledges and of what belongs to them."""

from collections.abc import Callable
from functools import partial

from geo.counts import rebuild
from geo.counts.fold import fold
from geo.counts.models import Ledger
from geo.counts.spec import Spec
from geo.live.sources import news_sources
from pledges.pledging.counted import SPECS
from pledges.pledging.models import Pledge
from pledges.word_bitmaps import store


def specs() -> list[Spec]:
    """All that is counted: pledges, what belongs to them, and what layers above have counted."""
    return [*SPECS, *(source for source in news_sources() if isinstance(source, Spec))]


def folds() -> dict[str, Callable[[], int]]:
    """All folds by name: each moves a piece of its queue and returns how many changes it moved."""
    layers = {layer.layer: layer for layer in (*SPECS, *news_sources())}.values()
    named = {
        f"fold {getattr(each, 'name', each.collection)}": partial(fold, each) for each in layers
    }
    return {"fold common words": store.fold, **named}


def fold_all() -> int:
    """Fold a piece of each queue; return how many changes were moved."""
    return sum(moves() for moves in folds().values())


def rebuild_all(say: Callable[[str], None] = lambda words: None) -> None:
    """Count everything afresh."""
    rebuild.rebuild(specs(), say)
    say("bits of common words")
    store.choose_afresh()


def catch_up(say: Callable[[str], None] = lambda words: None) -> None:
    """Count afresh what was there before the ledger: a site that has just been updated."""
    if (
        not Ledger.objects.filter(layer=SPECS[0].layer).exists()
        and Pledge.objects.public().exists()
    ):
        rebuild_all(say)
