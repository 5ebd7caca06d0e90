"""Write what the fictional employers adopted, value and do: by rule, so that it is always alike."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pledges.employers.demo import words
from pledges.employers.demo.organisations import seed_organisations
from pledges.employers.models.actions import Action, Update
from pledges.employers.models.adopting import Adoption, Values
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation

Status = Action.Status
# How far the actions of an employer are, in turn.
STATES = (Status.UNDER_WAY, Status.DONE, Status.PLANNED, Status.UNDER_WAY, Status.STOPPED)
DAY = datetime.timedelta(days=1)
GROUPS = (["everyone"], ["nurses", "support"], ["everyone"], ["doctors", "allied"], ["admin"])


@transaction.atomic
def seed() -> int:
    """Write it afresh for each fictional employer, in place of what there was; answer how many."""
    six = list(StaffPledge.objects.current())
    employers = seed_organisations()
    Action.objects.filter(organisation__in=employers).delete()
    Adoption.objects.filter(organisation__in=employers).delete()
    for place, employer in enumerate(employers):
        _standing(place, employer, six)
        for turn in range(5 + place % 3):
            _action(place, turn, employer, six)
    _adapt()
    return len(employers)


def _standing(place: int, employer: Organisation, six: list[StaffPledge]) -> None:
    today = timezone.localdate()
    for pledge in six:
        # Some have not adopted all.
        if (place + pledge.number) % 7:
            Adoption.objects.create(
                organisation=employer,
                pledge=pledge,
                adopted_on=today - DAY * (300 + 97 * ((place + pledge.number) % 9)),
                lead=words.LEADS[(place + pledge.number) % len(words.LEADS)],
            )
    Values.objects.update_or_create(
        organisation=employer,
        defaults={"statement": words.VALUES[place % len(words.VALUES)], "help": words.HELP},
    )


def _action(place: int, turn: int, employer: Organisation, six: list[StaffPledge]) -> None:
    today = timezone.localdate()
    number = (place + turn * 3) % len(words.ACTIONS)
    numbers, title, description, measure, unit = words.ACTIONS[number]
    status = STATES[(place + turn) % len(STATES)]
    begun = today - DAY * (420 - 60 * turn - 11 * place % 45)
    if status == Status.PLANNED:
        begun = today + DAY * (20 + 5 * place)
    # Every fourth is late, so that one sees what that looks like.
    length = 540 if (place + turn) % 4 else 200
    ended = begun + DAY * 150 if status in (Status.DONE, Status.STOPPED) else None
    made = Action.objects.create(
        organisation=employer,
        title=title,
        description=description,
        owner=words.OWNERS[number % len(words.OWNERS)],
        start=begun,
        due=begun + DAY * length,
        status=status,
        reason=words.STOPPED if status == Status.STOPPED else "",
        ended_on=ended,
        staff_groups=GROUPS[number % len(GROUPS)],
        measure=measure,
        unit=unit,
        baseline=Decimal(12 + number * 3),
        target=Decimal(30 + number * 5),
        good_practice=status == Status.DONE or (place + turn) % 6 == 0,
    )
    made.pledges.set([pledge for pledge in six if pledge.number in numbers])
    for step, said in enumerate(words.STEPS):
        due = begun + DAY * 60 * (step + 1)
        reached = due if due < min(today, ended or today) and status != Status.PLANNED else None
        made.milestones.create(title=said, due=due, reached_on=reached)
    _updates(made, place + turn)


def _updates(action: Action, turn: int) -> None:
    if action.status == Status.PLANNED:
        return
    today = timezone.localdate()
    for number, text in enumerate(words.UPDATES):
        on = action.start + DAY * (45 * (number + 1))
        if on < (action.ended_on or today):
            value = action.baseline + 2 * number + turn % 3
            _said(action, on, text, Status.UNDER_WAY, value)
    if action.ended_on:
        last = words.ENDED if action.status == Status.DONE else words.STOPPED
        _said(action, action.ended_on, last, action.status, None)


def _said(
    action: Action, on: datetime.date, text: str, status: str, value: Decimal | None
) -> Update:
    return Update.objects.create(action=action, on=on, text=text, status=status, value=value)


def _adapt() -> None:
    """Of two employers that do the same, the later one adapted it from the earlier."""
    first: dict[str, Action] = {}
    rows = Action.objects.filter(organisation__demo=True).order_by("start", "pk")
    for action in rows:
        known = first.setdefault(action.title, action)
        if known != action and known.good_practice:
            Action.objects.filter(pk=action.pk).update(adapted_from=known)
