"""The query of a dashboard: place or organisation, period, filters, groups and comparison."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from hubs.dashboards import periods
from hubs.dashboards.periods import Period
from pledges.aggregates.matched import sums_of
from pledges.aggregates.scope import Scope
from pledges.aggregates.sums import Sums
from pledges.filters import PledgeFilters, area_by_code
from pledges.organisations.models import Organisation

Subject = Area | Organisation | None  # None: the whole United Kingdom
UK = "UK"
GROUPS = ("theme", "who", "i_am", "done")
# Filters that the address of the page stands for.
SUBJECT_FILTERS = ("area", "organisation")
FILTERS = tuple(name for name in PledgeFilters.names if name not in SUBJECT_FILTERS)
OWN = ("group", "step", "compare")


@dataclass(frozen=True)
class DashboardQuery:
    """`filters` names no place but a box; `group` is a facet that splits the chart over time."""

    subject: Subject
    filters: PledgeFilters
    group: str = ""
    step: str = ""
    compare: Subject = None
    compared: bool = False

    @classmethod
    def read(cls, subject: Subject, given: QueryDict) -> "DashboardQuery":
        """Read the query; an unknown name or value raises BadParameter."""
        params.reject_unknown(given, (*FILTERS, *OWN))
        own = QueryDict(mutable=True)
        own.update({name: str(value) for name, value in given.items() if name in FILTERS})
        filters = PledgeFilters.parse(own)
        group = _choice(given, "group", GROUPS)
        query = cls(subject, filters, group)
        step = _choice(given, "step", periods.STEPS)
        if step not in query.period.steps():
            step = ""  # a form for other days still has the step of those before
        code = params.text(given, "compare")
        compare = subject_by_code(code) if code else None
        return replace(query, step=step, compare=compare, compared=bool(code))

    @property
    def period(self) -> Period:
        return Period(self.filters.since, self.filters.until)

    @property
    def chosen_step(self) -> str:
        return self.step or self.period.steps()[0]

    @property
    def before(self) -> Period | None:
        return self.period.before()

    def sums(self) -> Sums:
        return sums_of(Scope.of(self.subject), self.filters)

    def sums_before(self, sums: Sums) -> Sums | None:
        """The sums of the period before, which share the set of matching pledges."""
        before = self.before
        if before is None:
            return None
        return replace(sums, filters=self.filters.between(before.since, before.until))

    def sums_compared(self) -> Sums | None:
        return sums_of(Scope.of(self.compare), self.filters) if self.compared else None

    def pairs(self) -> list[tuple[str, str]]:
        own = {
            "group": self.group,
            "step": self.step,
            "compare": code_of(self.compare) if self.compared else "",
        }
        return self.filters.pairs() + [(name, value) for name, value in own.items() if value]

    def query_string(self) -> str:
        return urlencode(self.pairs())


def subject_by_code(code: str) -> Subject:
    """Return the area or organisation with this code; UK is everything. Raises BadParameter."""
    if code.upper() == UK:
        return None
    return area_by_code(code, "compare")


def code_of(subject: Subject) -> str:
    if subject is None:
        return UK
    return subject.code if isinstance(subject, Area) else subject.public_code


def name_of(subject: Subject) -> str:
    if subject is None:
        return _("United Kingdom")
    return subject.local_name if isinstance(subject, Area) else subject.name


def normalised(given: QueryDict) -> QueryDict | None:
    """Return the query in its canonical form, or None where it has it already.

    A form sends several boxes of one name, empty fields, and `period`: a year or month, the whole
    of this year, or everything.
    """
    tidy = QueryDict(mutable=True)
    for name in given:
        tidy[name] = ",".join(value for value in given.getlist(name) if value)
    if word := tidy.pop("period", [""])[-1]:
        days = _named_period(word)
        tidy["since"] = days.since.isoformat() if days.since else ""
        tidy["until"] = days.until.isoformat() if days.until else ""
    found = QueryDict(mutable=True)
    found.update({name: str(value) for name, value in tidy.items() if value})
    return None if found == given else found


def _named_period(word: str) -> Period:
    if word == "all":
        return Period()
    if word == "this-year":
        return periods.year(timezone.localdate().year)
    if re.fullmatch(r"20\d\d", word, re.ASCII):
        return periods.year(int(word))
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", word, re.ASCII):
        return periods.month(int(word.replace("-", "")))
    if re.fullmatch(r"20\d\d-\d\d-\d\d", word, re.ASCII):
        day = params.day({"period": word}, "period")
        return Period(day, day)
    raise BadParameter("period", "write all, this-year, a year, a month or a day")


def _choice(given: QueryDict, name: str, valid: tuple[str, ...]) -> str:
    word = params.text(given, name)
    if word and word not in valid:
        raise BadParameter(name, f"is none of: {', '.join(valid)}")
    return word
