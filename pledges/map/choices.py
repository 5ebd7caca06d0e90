"""The values that people may choose from when they filter, with the numbers beside them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.areas.models import Area
from pledges.filters import I_AM, WHO, PledgeFilters
from pledges.pledging.models import Pledge, Theme

STATUS_NAMES = {"open": gettext_lazy("Still to do"), "done": gettext_lazy("Done")}


@dataclass(frozen=True)
class Choice:
    """One value of a facet. `count` is what choosing it would give, None where not counted."""

    value: str
    name: str | Promise
    chosen: bool
    count: int | None = None
    theme: Theme | None = None


def facets(filters: PledgeFilters, numbers: Mapping) -> dict[str, list[Choice]]:
    """Return the choices of each facet; `numbers` is from `pledges.counts.totals.summary`."""
    counted = numbers.get("facets", {})

    def count(facet: str, value: str) -> int | None:
        return counted.get(facet, {}).get(value)

    chosen = {theme.slug for theme in filters.theme}
    return {
        "theme": [
            Choice(t.slug, t.local_name, t.slug in chosen, count("theme", t.slug), t)
            for t in Theme.objects.all()
        ],
        "who": [
            Choice(word, code.label, word in filters.who, count("who", word))
            for word, code in WHO.items()
        ],
        "i_am": [
            Choice(word, code.label, word in filters.i_am, count("i_am", word))
            for word, code in I_AM.items()
        ],
        "status": [
            Choice(word, name, word == filters.status, count("status", word))
            for word, name in STATUS_NAMES.items()
        ],
    }


@dataclass(frozen=True)
class AreaGroup:
    """A region with its districts, for a list of areas to choose from."""

    region: Area
    districts: list[Area]


def areas() -> list[AreaGroup]:
    """Return the ten regions by name, each with its districts by name."""
    found = Area.objects.current().only("code", "name", "name_cy", "kind", "parent_id")
    regions = {area.pk: area for area in found.filter(kind=Area.Kind.REGION)}
    grouped: dict[int, list[Area]] = {key: [] for key in regions}
    for district in found.filter(kind=Area.Kind.DISTRICT, parent__in=regions):
        grouped[district.parent_id].append(district)
    return [AreaGroup(regions[key], districts) for key, districts in grouped.items()]


@dataclass(frozen=True)
class Chip:
    """One filter that is on, in words, and the query string without it."""

    name: str | Promise
    rest: str


def chips(filters: PledgeFilters) -> list[Chip]:
    """Return every filter that is on, the box of the view apart."""
    pairs = dict(filters.without_bbox().pairs())

    def rest(name: str, value: str | None = None) -> str:
        kept = [word for word in pairs[name].split(",") if value and word != value]
        left = {**pairs, name: ",".join(kept)}
        return urlencode({key: words for key, words in left.items() if words})

    found = [Chip(theme.local_name, rest("theme", theme.slug)) for theme in filters.theme]
    found += [Chip(Pledge.Who(WHO[word]).label, rest("who", word)) for word in filters.who]
    found += [Chip(Pledge.IAm(I_AM[word]).label, rest("i_am", word)) for word in filters.i_am]
    named = {
        "organisation": filters.organisation and filters.organisation.name,
        "area": filters.area and filters.area.local_name,
        "status": filters.status and STATUS_NAMES[filters.status],
        "since": filters.since and _("from {day}").format(day=_day(filters.since)),
        "until": filters.until and _("until {day}").format(day=_day(filters.until)),
        "q": filters.q and f"“{filters.q}”",
    }
    return found + [Chip(words, rest(name)) for name, words in named.items() if words]


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
