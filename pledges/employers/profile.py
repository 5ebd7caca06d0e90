"""What an employer has published about itself, pledge by pledge."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Q

from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption, Values
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation


@dataclass
class PledgeProgress:
    """One of the six: its adoption, if it holds today, and the actions for it."""

    pledge: StaffPledge
    adoption: Adoption | None = None
    actions: list[Action] = field(default_factory=list)


@dataclass(frozen=True)
class EmployerProfile:
    """All that an employer has published, urgent actions first; false where that is nothing."""

    employer: Organisation
    pledges: Sequence[PledgeProgress]
    values: Values | None
    actions: Sequence[Action]

    @property
    def open(self) -> list[Action]:
        return [action for action in self.actions if action.open]

    @property
    def good_practice(self) -> list[Action]:
        return [action for action in self.actions if action.good_practice]

    def __bool__(self) -> bool:
        return bool(self.values or self.actions or any(one.adoption for one in self.pledges))

    @classmethod
    def of(cls, employer: Organisation) -> "EmployerProfile":
        """Read it in six queries, however much there is."""
        pledges = {pledge.pk: PledgeProgress(pledge) for pledge in StaffPledge.objects.current()}
        for adoption in Adoption.objects.of(employer).in_force():
            if adoption.pledge_id in pledges:
                pledges[adoption.pledge_id].adoption = adoption
        actions = list(Action.objects.of(employer).urgent_first().with_everything())
        for action in actions:
            for pledge in action.pledges.all():
                if pledge.pk in pledges:
                    pledges[pledge.pk].actions.append(action)
        values = Values.objects.filter(organisation=employer).first()
        return cls(employer, list(pledges.values()), values, actions)


def has_profile(employer: Organisation) -> bool:
    """Whether an employer has published anything that holds, in one query: most have not."""
    published = (
        Q(Exists(Adoption.objects.of(employer).in_force()))
        | Q(Exists(Action.objects.of(employer)))
        | Q(Exists(Values.objects.filter(organisation=employer)))
    )
    return Organisation.objects.filter(published, pk=employer.pk).exists()
