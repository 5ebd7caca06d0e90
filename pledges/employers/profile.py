"""What an employer does for its staff, as everybody reads it: pledge by pledge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Exists
from django.utils import timezone

from pledges.employers.models.actions import Action
from pledges.employers.models.adopting import Adoption, Values
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation


@dataclass
class Kept:
    """One of the six: its adoption, if it holds today, and the actions for it."""

    pledge: StaffPledge
    adoption: Adoption | None = None
    actions: list[Action] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """All that an employer has made public, urgent actions first."""

    employer: Organisation
    kept: Sequence[Kept]
    values: Values | None
    actions: Sequence[Action]

    @property
    def adopted(self) -> int:
        return sum(one.adoption is not None for one in self.kept)

    @property
    def open(self) -> list[Action]:
        return [action for action in self.actions if action.open]

    @property
    def good_practice(self) -> list[Action]:
        return [action for action in self.actions if action.good_practice]

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.adopted or self.values or self.actions)


def anything(employer: Organisation) -> bool:
    """Whether an employer has published anything that holds, in one query: most have not."""
    said = (
        Adoption.objects.of(employer).in_force(timezone.localdate()),
        Action.objects.of(employer),
        Values.objects.filter(organisation=employer),
    )
    return Organisation.objects.filter(
        reduce(or_, (Exists(rows) for rows in said)), pk=employer.pk
    ).exists()


def standing(employer: Organisation) -> Standing:
    """Read it, in six queries however much there is."""
    kept = {pledge.pk: Kept(pledge) for pledge in StaffPledge.objects.current()}
    for adoption in Adoption.objects.of(employer).in_force(timezone.localdate()):
        if adoption.pledge_id in kept:
            kept[adoption.pledge_id].adoption = adoption
    actions = list(Action.objects.of(employer).urgent_first().with_everything())
    for action in actions:
        for pledge in action.pledges.all():
            if pledge.pk in kept:
                kept[pledge.pk].actions.append(action)
    values = Values.objects.filter(organisation=employer).first()
    return Standing(employer, list(kept.values()), values, actions)
