"""Good practice: actions that others may copy, by words, pledge, kind of employer and distance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.core import params
from geo.core.errors import GeoError
from geo.geocoding import chain
from geo.geocoding.results import Match
from pledges.employers.models.actions import Action
from pledges.employers.models.querysets import ActionQuerySet
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation

SIZE, MOST_PAGES = 20, 500
DISTANCES = (10, 25, 50, 100, 250)  # kilometres
NAMES = ("q", "pledge", "kind", "place", "within")


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; each part may be empty, but for `within`, in kilometres."""

    q: str = ""
    pledge: str = ""
    kind: str = ""
    place: str = ""
    within: int = 50

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read a query string. Raises UnknownParameter, BadParameter."""
        params.reject_unknown(query, (*NAMES, "page"))
        slugs = list(StaffPledge.objects.current().values_list("slug", flat=True))
        return cls(
            params.text(query, "q"),
            params.one_of(query, "pledge", slugs),
            params.one_of(query, "kind", Organisation.Kind.values),
            params.text(query, "place"),
            int(params.one_of(query, "within", [str(km) for km in DISTANCES]) or 50),
        )

    def query_string(self) -> str:
        given = {name: getattr(self, name) for name in NAMES}
        if not self.place:
            del given["within"]
        return urlencode({name: value for name, value in given.items() if value})

    def apply(self, rows: ActionQuerySet, near: Match | None) -> ActionQuerySet:
        """Those that pass: the nearest first where a place was named, else the newest."""
        rows = rows.good_practice()
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
class Found:
    """A page of what passes. Where the place was not clear, `message` says so, with `choices`."""

    page: Page
    place: Match | None = None
    message: str = ""
    choices: Sequence[Match] = field(default=())


def find(asked: Asked, number: int) -> Found:
    """Look for good practice; page `number` begins at 1."""
    place, message, choices = _place(asked.place)
    rows = Action.objects.none()
    if place or not asked.place:
        rows = asked.apply(Action.objects.all(), place).with_everything()
    return Found(Paginator(rows, SIZE).get_page(number), place, message, choices)


def _place(words: str) -> tuple[Match | None, str, Sequence[Match]]:
    if not words:
        return None, "", ()
    try:
        matches = chain.candidates(words)
    except GeoError as error:
        return None, error.description, ()
    if not matches:
        return None, _("We cannot find that place. Try a full postcode, or a town."), ()
    if len(matches) > 1 and not matches[0].unmistakable:
        said = _("There are several places of this name. These are for %(place)s.")
        return matches[0], said % {"place": matches[0].label}, matches[1:4]
    return matches[0], matches[0].note, ()
