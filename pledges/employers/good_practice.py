"""Good practice: actions to copy, searched by words, pledge, kind of employer and distance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.core import params
from geo.core.errors import GeoError
from geo.geocoding import chain
from geo.geocoding.results import Match
from pledges.employers.filters import optional_integer
from pledges.employers.models.actions import Action, ActionQuerySet
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation

SIZE, MOST_PAGES = 20, 500
DISTANCES = (10, 25, 50, 100, 250)  # kilometres
NAMES = ("q", "pledge", "kind", "place", "within")


@dataclass(frozen=True)
class GoodPracticeQuery:
    """The query parameters; each may be empty, but for `within`, in kilometres, and `page`."""

    q: str = ""
    pledge: str = ""
    kind: str = ""
    place: str = ""
    within: int = 50
    page: int = 1

    @classmethod
    def parse(cls, query: QueryDict) -> Self:
        """Read a query string. Raises UnknownParameter, BadParameter."""
        params.reject_unknown(query, (*NAMES, "page"))
        slugs = list(StaffPledge.objects.current().values_list("slug", flat=True))
        return cls(
            q=params.text(query, "q"),
            pledge=params.one_of(query, "pledge", slugs),
            kind=params.one_of(query, "kind", Organisation.Kind.values),
            place=params.text(query, "place"),
            within=int(params.one_of(query, "within", [str(km) for km in DISTANCES]) or 50),
            page=optional_integer(query, "page", 1, MOST_PAGES) or 1,
        )

    def query_string(self) -> str:
        """All but the page."""
        values = {name: getattr(self, name) for name in NAMES if name != "within" or self.place}
        return urlencode({name: value for name, value in values.items() if value})

    def apply(self, actions: ActionQuerySet, near: Match | None) -> ActionQuerySet:
        """Those that pass: the nearest first where a place was named, else the newest."""
        rows = actions.good_practice()
        if self.pledge:
            rows = rows.filter(pledges__in=StaffPledge.objects.current().filter(slug=self.pledge))
        if self.kind:
            rows = rows.filter(organisation__kind=self.kind)
        if self.q:
            rows = rows.matching(self.q)
        if near:
            return rows.near(near.location, self.within)
        return rows.order_by("-approved_at", "-pk")


@dataclass(frozen=True)
class GoodPracticeResults:
    """A page of actions. Where the place was not clear, `message` says so, with `choices`."""

    page: Page
    place: Match | None = None
    message: str = ""
    choices: Sequence[Match] = ()


def search(query: GoodPracticeQuery) -> GoodPracticeResults:
    place, message, choices = _place(query.place)
    rows = Action.objects.none()
    if place or not query.place:
        rows = query.apply(Action.objects.all(), place).with_everything()
    page = Paginator(rows, SIZE).get_page(query.page)
    return GoodPracticeResults(page, place, message, choices)


def _place(words: str) -> tuple[Match | None, str, Sequence[Match]]:
    """The best match, a message, and other matches to choose from."""
    if not words:
        return None, "", ()
    try:
        matches = chain.candidates(words)
    except GeoError as error:
        return None, error.description, ()
    if not matches:
        return None, _("We cannot find that place. Try a full postcode, or a town."), ()
    if len(matches) > 1 and not matches[0].unambiguous:
        message = _("There are several places of this name. These are for %(place)s.")
        return matches[0], message % {"place": matches[0].label}, matches[1:4]
    return matches[0], matches[0].note, ()
