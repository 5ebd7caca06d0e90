"""Count by bits: how many pledges match words, by every facet, and which they are."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.db import connection

from pledges.filters import PledgeFilters
from pledges.word_bitmaps import expression
from pledges.word_bitmaps.models import BLOCK, Trait
from pledges.word_bitmaps.store import NONE

Facet = Trait.Facet
FACETS = {
    "theme": Facet.THEME,
    "who": Facet.WHO,
    "i_am": Facet.I_AM,
    "done": Facet.DONE,
    "show": Facet.SHOW,
}
KEPT = 64  # questions kept in memory by each process


@dataclass(frozen=True)
class Numbers:
    """How many pledges pass, by facet and value, each facet under the others."""

    facets: dict[str, Counter[int]]

    @property
    def shown(self) -> Counter[int]:
        """By where they are shown, under all facets."""
        return self.facets["show"]

    @property
    def total(self) -> int:
        return sum(self.shown.values())

    def tells(self, wanted: Mapping[str, Collection[int]]) -> bool:
        """Whether bits are kept of all these values, as of a theme that is new they may not be."""
        return all(set(values) <= self.facets[name].keys() for name, values in wanted.items())


def matching(filters: PledgeFilters, version: int) -> int | None:
    """Return how many public pledges match the words; None where bits cannot say.

    They cannot where a word is rare, in a phrase, and with an organisation, district, box or days.
    """
    return passing(filters.without_facets(), version)


@lru_cache(maxsize=KEPT)
def passing(filters: PledgeFilters, version: int) -> int | None:
    """Return how many pass; None where bits cannot say."""
    asked = _Question.of(filters)
    if asked is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(asked.passing())
        return int(cursor.fetchone()[0])


def told(filters: PledgeFilters) -> PledgeFilters:
    """Return the part of the filters that bits hold: words, facets and regions."""
    area = None if filters.regions is None else filters.area
    return replace(filters, since=None, until=None, organisation=None, area=area, bbox=None)


@lru_cache(maxsize=KEPT)
def numbers(filters: PledgeFilters, version: int) -> Numbers | None:
    """Return the numbers of the pledges that pass; None where bits cannot say."""
    asked = _Question.of(filters)
    if asked is None:
        return None
    facets = {name: Counter({int(v): 0 for v in asked.values[name]}) for name in FACETS}
    values = {pk: (name, int(v)) for name, found in asked.values.items() for v, pk in found.items()}
    with connection.cursor() as cursor:
        cursor.execute(asked.counting())
        for trait, n in cursor.fetchall():
            name, value = values[trait]
            facets[name][value] = int(n)
    return Numbers(facets)


def keys(filters: PledgeFilters) -> np.ndarray | None:
    """Return the numbers of the pledges that pass, in their order; None where bits cannot say."""
    asked = _Question.of(filters)
    if asked is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(asked.listing())
        rows = cursor.fetchall()
    found = [
        # The first four bytes say how many bits there are.
        block * BLOCK + np.flatnonzero(np.unpackbits(np.frombuffer(bits, np.uint8, offset=4)))
        for block, bits in rows
    ]
    return np.concatenate(found) if found else np.array([], np.int64)


@dataclass(frozen=True)
class _Question:
    """The numbers of the traits that are asked for; `words` holds SQL over the bits of words."""

    words: str
    traits: dict[str, int]
    public: int
    regions: tuple[int, ...] | None
    values: dict[str, dict[str, int]]
    chosen: dict[str, list[int]]

    @classmethod
    def of(cls, filters: PledgeFilters) -> "_Question | None":
        unkept = filters.organisation or filters.since or filters.until
        away = filters.area and filters.regions is None
        if not filters.q or unkept or away or filters.bbox or filters.also:
            return None
        with connection.cursor() as cursor:
            cursor.execute("select websearch_to_tsquery('english', %s)::text", [filters.q])
            parsed = expression.parse(cursor.fetchone()[0])
        if parsed is None:
            return None
        known = _known(expression.words(parsed))
        wanted = {(int(Facet.WORD), word) for word in expression.words(parsed)}
        wanted |= {(int(Facet.REGION), str(key)) for key in filters.regions or ()}
        wanted |= {
            (int(FACETS[name]), str(value)) for name, vs in filters.facets.items() for value in vs
        }
        if not wanted | {(int(Facet.PUBLIC), "")} <= known.keys():
            return None
        columns = {word: f"w{known[Facet.WORD, word]}" for word in expression.words(parsed)}
        return cls(
            expression.sql(parsed, {w: f"coalesce({c}.bits, {NONE})" for w, c in columns.items()}),
            {column: known[Facet.WORD, word] for word, column in columns.items()},
            known[Facet.PUBLIC, ""],
            None
            if filters.regions is None
            else tuple(known[Facet.REGION, str(key)] for key in sorted(filters.regions)),
            {
                name: {v: pk for (facet, v), pk in known.items() if facet == code}
                for name, code in FACETS.items()
            },
            {
                name: [known[FACETS[name], str(value)] for value in values]
                for name, values in filters.facets.items()
            },
        )

    def passing(self) -> str:
        return (
            f"{self._with()} select coalesce(sum(bit_count(found.bits{_masks(self.chosen)})), 0)"  # noqa: S608 - constants and whole numbers
            f" from found{_join(self.chosen)}"
        )

    def counting(self) -> str:
        """One number of each facet's values, under the other facets."""
        parts = []
        for name, values in self.values.items():
            others = [other for other in self.chosen if other != name]
            parts.append(
                f"select kept.trait_id, sum(bit_count(found.bits & kept.bits{_masks(others)}))"  # noqa: S608 - constants and whole numbers
                " from found join pledges_traitbits kept on kept.block = found.block"
                f"{_join(others)}"
                f" where kept.trait_id in {_in(values.values())} group by kept.trait_id"
            )
        return self._with() + " union all ".join(parts)

    def listing(self) -> str:
        return (
            f"{self._with()} select block, bit_send(bits) from"  # noqa: S608 - constants and whole numbers
            f" (select found.block, found.bits{_masks(self.chosen)} as bits"
            f" from found{_join(self.chosen)}) as passing"
            " where bit_count(bits) > 0 order by block"
        )

    def _with(self) -> str:
        place = "" if self.regions is None else " & place.bits"
        joins = "".join(
            f" left join pledges_traitbits {column} on {column}.trait_id = {trait}"
            f" and {column}.block = base.block"
            for column, trait in self.traits.items()
        )
        groups = {f"chosen_{name}": traits for name, traits in self.chosen.items()}
        if self.regions is not None:
            groups["place"] = self.regions
            joins += " join place on place.block = base.block"
        ctes = [
            f"{name} as materialized (select block, bit_or(bits) as bits from pledges_traitbits"  # noqa: S608 - constants and whole numbers
            f" where trait_id in {_in(traits)} group by block)"
            for name, traits in groups.items()
        ]
        ctes.append(
            f"found as materialized (select base.block, base.bits & {self.words}{place} as bits"  # noqa: S608 - constants and whole numbers
            f" from pledges_traitbits base{joins} where base.trait_id = {self.public})"
        )
        return f"with {', '.join(ctes)} "


def _masks(names: Iterable[str]) -> str:
    return "".join(f" & chosen_{name}.bits" for name in names)


def _join(names: Iterable[str]) -> str:
    return "".join(f" join chosen_{name} on chosen_{name}.block = found.block" for name in names)


def _in(traits: Iterable[int]) -> str:
    return f"({', '.join(map(str, [*traits, 0]))})"


def _known(words: set[str]) -> dict[tuple[int, str], int]:
    """Return the traits of the words, and of all facets."""
    rows = Trait.objects.exclude(facet=Facet.WORD) | Trait.objects.filter(
        facet=Facet.WORD, value__in=words
    )
    return {(facet, value): pk for facet, value, pk in rows.values_list("facet", "value", "pk")}
