"""Write adoptions, values, actions and reports of the fictional employers, by formula."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pledges.employers.demo import texts
from pledges.employers.demo.organisations import fictional_employers, seed_organisations
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption, Values
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import take_snapshot
from pledges.organisations.models import Organisation

Status = Action.Status
REPORTED = 3  # employers with reports
# The status of the actions of an employer, in turn.
STATES = (Status.UNDER_WAY, Status.DONE, Status.PLANNED, Status.UNDER_WAY, Status.STOPPED)
DAY = datetime.timedelta(days=1)
GROUPS = (["everyone"], ["nurses", "support"], ["everyone"], ["doctors", "allied"], ["admin"])


@transaction.atomic
def seed_employers() -> int:
    """Write all but reports and survey for each, replacing earlier data; return how many."""
    six = list(StaffPledge.objects.current())
    employers = seed_organisations()
    Action.objects.filter(organisation__in=employers).delete()
    Adoption.objects.filter(organisation__in=employers).delete()
    for place, employer in enumerate(employers):
        _commitments(place, employer, six)
        for turn in range(5 + place % 3):
            _action(place, turn, employer, six)
    _adapt()
    return len(employers)


def _commitments(place: int, employer: Organisation, six: list[StaffPledge]) -> None:
    today = timezone.localdate()
    for pledge in six:
        # Most have not adopted one of them.
        if (place + pledge.number) % 7:
            Adoption.objects.create(
                organisation=employer,
                pledge=pledge,
                adopted_on=today - DAY * (300 + 97 * ((place + pledge.number) % 9)),
                lead=texts.LEADS[(place + pledge.number) % len(texts.LEADS)],
            )
    Values.objects.update_or_create(
        organisation=employer,
        defaults={"statement": texts.VALUES[place % len(texts.VALUES)], "help": texts.HELP},
    )


def _action(place: int, turn: int, employer: Organisation, six: list[StaffPledge]) -> None:
    today = timezone.localdate()
    number = (place + turn * 3) % len(texts.ACTIONS)
    numbers, title, description, measure, unit = texts.ACTIONS[number]
    status = STATES[(place + turn) % len(STATES)]
    begun = today - DAY * (420 - 60 * turn - 11 * place % 45)
    if status == Status.PLANNED:
        begun = today + DAY * (20 + 5 * place)
    # Every fourth is late.
    length = 540 if (place + turn) % 4 else 200
    ended = begun + DAY * 150 if status in (Status.DONE, Status.STOPPED) else None
    baseline = Decimal(12 + number * 3)
    made = Action.objects.create(
        organisation=employer,
        title=title,
        description=description,
        owner=texts.OWNERS[number % len(texts.OWNERS)],
        start=begun,
        due=begun + DAY * length,
        status=status,
        reason=texts.STOPPED if status == Status.STOPPED else "",
        ended_on=ended,
        staff_groups=GROUPS[number % len(GROUPS)],
        measure=measure,
        unit=unit,
        baseline=baseline,
        target=Decimal(30 + number * 5),
        good_practice=status == Status.DONE or (place + turn) % 6 == 0,
    )
    made.pledges.set([pledge for pledge in six if pledge.number in numbers])
    for step, title in enumerate(texts.STEPS):
        due = begun + DAY * 60 * (step + 1)
        reached = due if due < min(today, ended or today) and status != Status.PLANNED else None
        made.milestones.create(title=title, due=due, reached_on=reached)
    _updates(made, baseline, place + turn)


def _updates(action: Action, baseline: Decimal, turn: int) -> None:
    if action.status == Status.PLANNED:
        return
    today = timezone.localdate()
    for number, text in enumerate(texts.UPDATES):
        on = action.start + DAY * (45 * (number + 1))
        if on < (action.ended_on or today):
            value = baseline + 2 * number + turn % 3
            action.updates.create(on=on, text=text, status=Status.UNDER_WAY, value=value)
    if action.ended_on:
        last = texts.ENDED if action.status == Status.DONE else texts.STOPPED
        action.updates.create(on=action.ended_on, text=last, status=action.status)


def _adapt() -> None:
    """Of two employers that do the same, the later one adapted it from the earlier."""
    first: dict[str, Action] = {}
    rows = Action.objects.filter(organisation__demo=True).order_by("start", "pk")
    for action in rows:
        known = first.setdefault(action.title, action)
        if known != action and known.good_practice:
            Action.objects.filter(pk=action.pk).update(adapted_from=known)


@transaction.atomic
def seed_reports() -> int:
    """Write reports of last year and the last quarter for a few employers; return how many."""
    employers = list(fictional_employers()[:REPORTED])
    BoardReport.objects.filter(organisation__in=employers).delete()
    periods = (Period(timezone.localdate().year - 1), Period.last_complete())
    written = {"summary": texts.SUMMARY, "asks": texts.ASKS}
    for employer in employers:
        for period in periods:
            BoardReport.objects.create(
                organisation=employer,
                year=period.year,
                quarter=period.quarter,
                edition=1,
                content={**take_snapshot(employer, period), **written},
            )
    return len(employers) * len(periods)
