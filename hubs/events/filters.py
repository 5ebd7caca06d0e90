"""The filters of events: one state for the list, the calendars, the map and the API."""

import datetime
from dataclasses import dataclass
from typing import ClassVar, Self, cast

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from geo.core.filters import Filters
from geo.core.functions import LONDON
from hubs.events.models import Event, EventQuerySet
from hubs.hub.models import Hub
from pledges.filters import area_of

WHERE = {"online": True, "place": False}
WHEN = ("upcoming", "past")
NATIONAL = "national"


@dataclass(frozen=True)
class EventFilters(Filters):
    """`kind` holds values of Event.Kind; `since` and `until` are whole days in Europe/London.

    An event of several days passes if one of them does. `area` includes the online events of the
    area's hubs. `national` means events of no hub.
    """

    names: ClassVar[tuple[str, ...]] = (
        *Filters.names,
        *("kind", "hub", "area", "where", "when", "since", "until", "q"),
    )

    kind: tuple[str, ...] = ()
    hub: Hub | None = None
    national: bool = False
    area: Area | None = None
    where: str = ""
    when: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    q: str = ""

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        params.reject_unknown(query, (*cls.names, *also))
        since, until = params.days(query)
        hub = params.text(query, "hub")
        return cls(
            bbox=params.bbox(query),
            kind=params.among(query, "kind", Event.Kind.values),
            hub=_hub(hub) if hub and hub != NATIONAL else None,
            national=hub == NATIONAL,
            area=area_of(query),
            where=params.one_of(query, "where", WHERE),
            when=params.one_of(query, "when", WHEN),
            since=since,
            until=until,
            q=params.text(query, "q"),
        )

    def apply(self, rows: QuerySet) -> EventQuerySet:
        found = cast(EventQuerySet, super().apply(rows))
        if self.kind:
            found = found.filter(kind__in=self.kind)
        if self.hub or self.national:
            found = found.filter(hub=self.hub)
        if self.area:
            found = found.of_area(self.area)
        if self.where:
            found = found.filter(online=WHERE[self.where])
        if self.when:
            found = found.upcoming() if self.when == "upcoming" else found.past()
        if self.since:
            found = found.filter(ends_at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(starts_at__lt=_midnight(self.until + datetime.timedelta(days=1)))
        return found.matching(self.q) if self.q else found

    def pairs(self) -> list[tuple[str, str]]:
        found = {
            "kind": ",".join(self.kind),
            "hub": self.hub.slug if self.hub else NATIONAL if self.national else "",
            "area": self.area.code if self.area else "",
            "where": self.where,
            "when": self.when,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "q": self.q,
        }
        return [(name, value) for name, value in found.items() if value] + super().pairs()


def parameters() -> dict[str, dict]:
    """Return a JSON Schema for each filter of events."""
    day = {"type": "string", "format": "date"}
    return {
        "kind": {
            "type": "array",
            "items": {"type": "string", "enum": list(Event.Kind.values)},
            "description": _("Kinds of event, with commas between several."),
        },
        "hub": {
            "type": "string",
            "description": _("Slug or code of a hub, or national."),
        },
        "area": {"type": "string", "description": _("Code of a nation, region or district.")},
        "where": {
            "type": "string",
            "enum": list(WHERE),
            "description": _("Online, or at a place."),
        },
        "when": {
            "type": "string",
            "enum": list(WHEN),
            "description": _("Still to come, or over."),
        },
        "since": {**day, "description": _("First day, in Europe/London.")},
        "until": {**day, "description": _("Last day, in Europe/London.")},
        "q": {"type": "string", "description": _("Words in title, description or place.")},
    }


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), LONDON)


def _hub(word: str) -> Hub:
    found = Hub.objects.filter(slug=word).first() or Hub.objects.filter(code=word.upper()).first()
    if found is None:
        raise BadParameter("hub", "there is no such hub")
    return found
