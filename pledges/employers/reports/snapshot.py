"""The figures of a report on a period, as they are now, as data for JSON.

Names that exist in two languages are stored in both; the rest is as people wrote it.
"""

import datetime
from collections import Counter, defaultdict
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pledges.employers.matrix.story import FindingChange, finding_changes
from pledges.employers.models.actions import Action, Milestone
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, Finding, IndicatorSet
from pledges.employers.reports.period import Period
from pledges.employers.reports.staff_topics import staff_topics_of
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation

FORM = 1  # the version of this format
Data = dict[str, Any]


def take_snapshot(employer: Organisation, period: Period) -> Data:
    """All of a report but what editors write, in a fixed number of queries."""
    today = timezone.localdate()
    day = min(today, period.last)
    rows = Action.objects.of(employer).during(period.first, period.last)
    actions = list(rows.urgent_first().with_everything())
    survey = _survey(employer, period)
    return {
        "form": FORM,
        "taken_on": today.isoformat(),
        "employer": {
            "name": employer.name,
            "code": employer.public_code,
            "demo": employer.demo,
        },
        "period": period.slug,
        "pledges": _pledges(employer, period, actions, day, survey),
        # Overdue ones come first, as open ones are sorted by their due day.
        "actions": [_action(one, period, day) for one in actions],
        # An action for two pledges counts once.
        "whole": _statuses(actions, day),
        "survey": survey,
        "voice": asdict(staff_topics_of(employer, period.first, period.last)),
    }


def _survey(employer: Organisation, period: Period) -> Data | None:
    """The last survey up to the period's year, with the headline of its changes."""
    year = Change.objects.of(employer).filter(year__lte=period.year).newest_year()
    indicators = IndicatorSet.objects.in_year(year) if year else None
    if year is None or indicators is None:
        return None
    moved = Change.objects.of(employer).in_year(year).headline()
    return {
        "year": year,
        "called": indicators.called,
        "called_cy": indicators.called_cy,
        "source": indicators.source,
        "moved": asdict(moved),
    }


def _pledges(
    employer: Organisation,
    period: Period,
    actions: list[Action],
    day: datetime.date,
    survey: Data | None,
) -> list[Data]:
    held = {}
    adoptions = Adoption.objects.of(employer).during(period.first, period.last)
    for adoption in adoptions.select_related("pledge").order_by("adopted_on"):
        held[adoption.pledge.number] = adoption
    findings: dict[int, list[FindingChange]] = defaultdict(list)
    moved: dict[int, Headline] = {}
    if survey:
        for one in finding_changes(employer, survey["year"]):
            findings[one.indicator.pledge.number].append(one)
        rows = Change.objects.of(employer).in_year(survey["year"])
        moved = rows.headlines("indicator__pledge__number")
    return [
        {
            **{name: getattr(pledge, name) for name in ("number", "slug", "name", "name_cy")},
            **{name: getattr(pledge, name) for name in ("short", "short_cy")},
            **_adopted(held.get(pledge.number)),
            **_statuses([a for a in actions if _serves(a, pledge)], day),
            "moved": asdict(moved.get(pledge.number, Headline())),
            "findings": [_finding(one) for one in findings[pledge.number]],
        }
        for pledge in StaffPledge.objects.current()
    ]


def _adopted(adoption: Adoption | None) -> Data:
    if adoption is None:
        return {"adopted_on": None, "ended_on": None, "lead": ""}
    days = {name: _iso(getattr(adoption, name)) for name in ("adopted_on", "ended_on")}
    return {**days, "lead": adoption.lead}


def _serves(action: Action, pledge: StaffPledge) -> bool:
    return any(one.number == pledge.number for one in action.pledges.all())


def _days_late(action: Action, day: datetime.date) -> int:
    return max(0, (day - action.due).days) if action.open and action.due else 0


def _statuses(actions: list[Action], day: datetime.date) -> Data:
    counts = Counter(action.status for action in actions)
    return {
        "statuses": {status.value: counts[status] for status in Action.Status},
        "overdue": sum(_days_late(action, day) > 0 for action in actions),
    }


def _action(action: Action, period: Period, day: datetime.date) -> Data:
    measured = next((update for update in action.updates.all() if update.value is not None), None)
    steps = [step for step in action.milestones.all() if _of_period(step, period, day)]
    plain = ("title", "description", "owner", "status", "reason", "measure", "unit")
    return {
        "key": action.pk,
        **{name: getattr(action, name) for name in plain},
        **{name: _iso(getattr(action, name)) for name in ("start", "due", "ended_on")},
        "baseline": _number(action.baseline),
        "target": _number(action.target),
        "value": _number(measured.value) if measured else None,
        "late_by": _days_late(action, day),
        "good_practice": action.good_practice,
        "pledges": sorted(pledge.number for pledge in action.pledges.all()),
        "steps": [
            {
                "title": step.title,
                "due": step.due.isoformat(),
                "reached_on": _iso(step.reached_on),
                "late": step.reached_on is None and step.due < day,
            }
            for step in steps
        ],
    }


def _of_period(step: Milestone, period: Period, day: datetime.date) -> bool:
    """Whether a milestone was due or reached in the period, or is open and was due before."""
    if period.first <= step.due <= period.last:
        return True
    if step.reached_on is None:
        return step.due < day
    return period.first <= step.reached_on <= period.last


def _finding(one: FindingChange) -> Data:
    indicator = one.indicator
    return {
        "code": indicator.code,
        **{name: getattr(indicator, name) for name in ("words", "words_cy", "unit", "low", "high")},
        "more_is_better": indicator.more_is_better,
        "before": _figure(one.before),
        "now": _figure(one.now),
        "verdict": one.change.verdict,
        "why": one.change.why,
    }


def _figure(finding: Finding | None) -> Data | None:
    """`value` is None where it is withheld."""
    return {"value": finding.value, "n": finding.n} if finding else None


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
