"""Which of the terms that were counted say something: the most said, and those that rise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.core.disclosure import LEAST

MOST = 30  # of each list of a region
COVERED = 0.6  # a word mostly said within one pair of words is left to the pair
GROWN = 1.5  # times the share of before
COMPARED = 20  # posts before, at least: what is new all over does not rise
# Stems that say nothing by themselves, beside the stop words that the index leaves out.
_FILLERS = """
abl actual alreadi also alway anoth anyon anyth around ask back becom best better bit can
cannot come could day done end enough especi etc even ever everi everyon exampl feel find first get
give go good got great happen hard hear help idea instead just keep know last less let like
littl long look lot made make mani may mayb mean might more most much must need never new
next nobodi noth now often one peopl pleas put realli right said say see seem sever shall
short should sinc someon someth sometim start still sure take tell thank thing think though
time today tri two use via want way week well whole will wish without work would year yet us
"""
FILLERS = frozenset(_FILLERS.split())


@dataclass(frozen=True)
class Posts:
    """How many posts were read of a region: all, those of the last week, of the weeks before."""

    posts: int
    lately: int
    before: int


@dataclass(frozen=True)
class Counted:
    """A term of a region (None: anywhere), and two posts that have it, the oldest and newest."""

    region: int | None
    stems: str
    posts: int
    authors: int
    lately: int
    authors_lately: int
    before: int
    first: int
    last: int


def choose(found: Iterable[Counted], totals: Mapping[int | None, Posts]) -> list[Counted]:
    """Return the terms to keep: of each region the most said, and those that rise most."""
    by_region: dict[int | None, list[Counted]] = defaultdict(list)
    for one in found:
        if not set(one.stems.split()) & FILLERS:
            by_region[one.region].append(one)
    kept: dict[tuple[int | None, str], Counted] = {}
    for region, terms in by_region.items():
        terms = _uncovered(terms)
        most = sorted(terms, key=lambda one: (-one.posts, one.stems))[:MOST]
        rises = [(rise(one, totals[region]) or 0, one) for one in terms]
        rising = sorted((r for r in rises if r[0]), key=lambda r: (-r[0], r[1].stems))[:MOST]
        for one in [*most, *(one for _rise, one in rising)]:
            kept[region, one.stems] = one
    return list(kept.values())


def rise(one: Counted, total: Posts) -> int | None:
    """Return by how many thousandths of all posts a term grew; None where it does not rise."""
    if one.authors_lately < LEAST or total.before < COMPARED:
        return None
    now, before = one.lately / total.lately, one.before / total.before
    return max(1, round(1000 * (now - before))) if now >= GROWN * before else None


def _uncovered(terms: list[Counted]) -> list[Counted]:
    """Leave out words that are mostly said within one pair of words."""
    within: dict[str, int] = defaultdict(int)
    for one in terms:
        stems = one.stems.split()
        for stem in stems if len(stems) == 2 else ():
            within[stem] = max(within[stem], one.posts)
    return [one for one in terms if within[one.stems] < COVERED * one.posts]
