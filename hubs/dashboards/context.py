"""What page and report say around the tables: where, when, what else may be chosen."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.areas.models import Area
from geo.core.tables import Table
from geo.maps.base import MapParts
from hubs.dashboards import choropleth
from hubs.dashboards.dashboard import Dashboard
from hubs.dashboards.periods import STEPS, Period, year
from hubs.dashboards.query import UK, DashboardQuery, Subject, code_of, name_of
from hubs.hub.models import Hub
from pledges.feed import facets
from pledges.map import choices
from pledges.organisations.models import Organisation
from pledges.pledging.models import ChangeDay
from pledges.wall.listing import PLEDGES

FIRST_YEAR = 2013
GROUP_NAMES = {
    "theme": gettext_lazy("Theme"),
    "who": gettext_lazy("Who pledges"),
    "i_am": gettext_lazy("Who they are"),
    "done": gettext_lazy("Status"),
}
STEP_NAMES = dict(
    zip(
        STEPS,
        (
            gettext_lazy("hour"),
            gettext_lazy("day"),
            gettext_lazy("month"),
            gettext_lazy("year"),
        ),
        strict=True,
    )
)


def shared_context(dashboard: Dashboard) -> dict:
    """What page and report say beside the tables."""
    query = dashboard.query
    subject = query.subject
    is_area = isinstance(subject, Area)
    return {
        "dashboard": dashboard,
        "query": query,
        "name": name_of(subject),
        "code": code_of(subject),
        "organisation": subject if isinstance(subject, Organisation) else None,
        "area": subject if is_area else None,
        "above": _above(subject),
        "period": query.period,
        "before": query.before,
        "chips": [chip.name for chip in facets.chips(PLEDGES, query.filters.without_days())]
        + _box(query),
        "now": timezone.localtime(),
        "shades": choropleth.SHADES,
    }


def _box(query: DashboardQuery) -> list[str]:
    return [_("in a box of the map")] if query.filters.bbox else []


@dataclass(frozen=True)
class Above:
    """A wider place, for the way back."""

    name: str
    code: str


def _above(subject: Subject) -> list[Above]:
    """The places that hold this one, the widest first."""
    if subject is None:
        return []
    found = [Above(name_of(None), UK)]
    if isinstance(subject, Organisation):
        key = subject.district_id or subject.region_id
    else:
        key = subject.parent_id
    chain: list[Area] = []
    while key and (at := Area.objects.without_boundaries().filter(pk=key).first()):
        # A nation that is a region too is one place.
        if at.code != code_of(subject) and all(at.code != one.code for one in chain):
            chain.append(at)
        key = at.parent_id
    return found + [Above(at.local_name, at.code) for at in reversed(chain)]


def page_context(dashboard: Dashboard) -> dict:
    """What the page offers to choose from, and where its links lead."""
    query = dashboard.query
    subject = query.subject
    filters = dict(query.filters.pairs())
    if isinstance(subject, Area):
        filters["area"] = subject.code
    elif subject:
        filters["organisation"] = subject.public_code
    route = "organisation-dashboard" if isinstance(subject, Organisation) else "area-dashboard"
    own = [code_of(subject)]
    region = None
    if isinstance(subject, Area):
        district = subject.kind == Area.Kind.DISTRICT
        region = subject.parent_id if district else subject.pk
    return {
        "here": reverse(route, args=own),
        "box": filters.get("bbox"),
        "query_string": query.query_string(),
        "downloads": [
            (label, reverse(f"{route}-{kind}", args=own))
            for kind, label in (
                ("pdf", _("PDF report")),
                ("csv", _("CSV")),
                ("gpkg", _("GeoPackage")),
            )
        ],
        "elsewhere_query": urlencode(list(filters.items())),
        "periods": _periods(query),
        "facets": facets.facets(PLEDGES, query.filters, {}),
        "areas": choices.areas(),
        "groups": [(key, name, key == query.group) for key, name in GROUP_NAMES.items()],
        "steps": [
            (step, STEP_NAMES[step], step == query.chosen_step) for step in query.period.steps()
        ],
        "compare_code": code_of(query.compare) if query.compared else "",
        "compare_name": name_of(query.compare) if query.compared else "",
        "map": _map(dashboard.districts),
        "hub": Hub.objects.serving(region).first() if region else None,
    }


def _map(districts: Table | None) -> MapParts | None:
    """The map of districts, where there are some to shade."""
    if districts is None or not choropleth.districts_of(districts):
        return None
    regions = [str(row.key) for row in districts.rows if row.sums and row.key != "total"]
    return choropleth.choropleth(districts, regions)


@dataclass(frozen=True)
class PeriodChoice:
    value: str
    name: str
    chosen: bool


def _periods(query: DashboardQuery) -> list[PeriodChoice]:
    """Everything, years and Change Days, the newest first; other days are chosen by date."""
    today = timezone.localdate()
    found = [("all", _("All time"), Period())]
    found += [
        (str(number), str(number), year(number)) for number in range(today.year, FIRST_YEAR - 1, -1)
    ]
    found += [
        (day.date.isoformat(), day.local_name, Period(day.date, day.date))
        for day in ChangeDay.objects.filter(date__lte=today).order_by("-date")
    ]
    return [PeriodChoice(value, name, days == query.period) for value, name, days in found]
