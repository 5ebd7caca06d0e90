"""The filters of a list as people see them: the values to choose from, and those that are on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pledges.feed.listing import Listing
from pledges.filters import CountedFilters

Pairs = Collection[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """One value of a facet. `count` is what choosing it would give, None where not counted."""

    value: str
    name: str | Promise
    chosen: bool
    count: int | None = None
    theme: Model | None = None


@dataclass(frozen=True)
class Chip:
    """One filter that is on, in words, and the query string without it."""

    name: str | Promise
    rest: str


def facets(listing: Listing, filters: CountedFilters, numbers: Mapping) -> dict[str, list[Choice]]:
    """Return the choices of each facet; `numbers` is a summary of the counts of the list."""
    counted, words = numbers.get("facets", {}), filters.words()
    themes = {theme.slug: theme for theme in listing.themes()}
    names = {slug: theme.local_name for slug, theme in themes.items()}
    return {
        facet: [
            Choice(
                word,
                name,
                word in words[facet].split(","),
                counted.get(facet, {}).get(word),
                themes.get(word) if facet == "theme" else None,
            )
            for word, name in values.items()
        ]
        for facet, values in {"theme": names, **listing.facets}.items()
    }


def chips(listing: Listing, filters: CountedFilters, without: Pairs = ()) -> list[Chip]:
    """Return every filter that is on, the box of the view and what is `without` apart."""
    pairs = dict(pair for pair in filters.without_bbox().pairs() if pair not in without)
    themes = {theme.slug: theme.local_name for theme in filters.theme}
    facets = {"theme": themes, **listing.facets}

    def rest(name: str, value: str) -> str:
        kept = [word for word in pairs[name].split(",") if name in facets and word != value]
        left = {**pairs, name: ",".join(kept)}
        return urlencode({key: words for key, words in left.items() if words})

    found = []
    for name, words in pairs.items():
        if name in facets:
            found += [Chip(facets[name][word], rest(name, word)) for word in words.split(",")]
        elif name in filters.names:
            found.append(Chip(_in_words(filters, name), rest(name, words)))
    return found


def _in_words(filters: CountedFilters, name: str) -> str:
    value = getattr(filters, name)
    if name == "organisation":
        return value.name
    if name == "area":
        return value.local_name
    if name == "q":
        return f"“{value}”"
    day = date_format(value, "j F Y")
    return (_("from {day}") if name == "since" else _("until {day}")).format(day=day)
