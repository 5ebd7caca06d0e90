"""The forms of adoptions of pledges, and of an employer's values."""

from typing import cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.employers.forms.base import Content, ProposalForm, day, iso, line, text
from pledges.employers.models.adoptions import Adoption, Values
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge

ROLE_HINT = _("A role, not a name: people change, and a name would stand here for everybody.")


class AdoptionForm(ProposalForm[Adoption]):
    """That the board adopted one of the six, from a day on, and who leads on it there."""

    model = Adoption
    may_remove = False

    pledge = forms.ModelChoiceField(
        StaffPledge.objects.current(),
        label=_("Pledge"),
        empty_label=_("Choose a pledge"),
        widget=forms.Select({"class": "nhsuk-select"}),
        error_messages={
            "required": _("Choose a pledge"),
            "invalid_choice": _("Choose one of the six pledges"),
        },
    )
    adopted_on = day(_("Day on which the board adopted it"), need=_("Enter the day"))
    lead = line(
        _("Who answers for it on the board"), 100, ROLE_HINT, _("Enter the role of the board lead")
    )
    ended_on = day(
        _("Day from which it no longer holds (optional)"),
        _("Leave this empty while the board stands by it."),
    )

    def build(self) -> None:
        if self.row is None:
            del self.fields["ended_on"]
            return
        pledge = cast(forms.ModelChoiceField, self.fields["pledge"])
        pledge.queryset = StaffPledge.objects.filter(pk=self.row.pledge_id)

    def clean(self) -> None:
        given = self.cleaned_data
        adopted, ended = given.get("adopted_on"), given.get("ended_on")
        if adopted and ended and ended <= adopted:
            self.add_error("ended_on", _("Enter a day after the one on which it was adopted"))
        pledge = given.get("pledge")
        if pledge and not ended and self._is_adopted(pledge):
            self.add_error("pledge", _("This pledge is adopted already. Change that instead."))

    def _is_adopted(self, pledge: StaffPledge) -> bool:
        same = Adoption.objects.of(self.organisation).filter(pledge=pledge, ended_on__isnull=True)
        return (same.exclude(pk=self.row.pk) if self.row else same).exists()

    def save(self, proposal: Proposal) -> Adoption:
        given = self.cleaned_data
        row = self.row or Adoption(organisation=self.organisation, pledge=given["pledge"])
        row.adopted_on, row.lead = given["adopted_on"], given["lead"]
        row.ended_on, row.approved_at = given.get("ended_on"), timezone.now()
        row.save()
        return row

    @classmethod
    def content_of(cls, row: Adoption) -> Content:
        return {
            "pledge": str(row.pledge_id),
            "adopted_on": row.adopted_on.isoformat(),
            "lead": row.lead,
            "ended_on": iso(row.ended_on),
        }


class ValuesForm(ProposalForm[Values]):
    """The employer's values, and where its staff find help."""

    model = Values

    statement = text(
        _("What you stand for"),
        2000,
        8,
        _("In words that a recruit understands on the first day."),
        _("Write what you stand for"),
    )
    statement_cy = text(_("The same in Welsh (optional)"), 2000, 8)
    help = text(
        _("Where staff find help (optional)"),
        1000,
        5,
        _("Teams and roles to turn to, one a line, each with how to reach it."),
    )
    help_cy = text(_("The same in Welsh (optional)"), 1000, 5)

    def save(self, proposal: Proposal) -> Values:
        row, _made = Values.objects.update_or_create(
            organisation=self.organisation,
            defaults={**self.cleaned_data, "approved_at": timezone.now()},
        )
        return row

    @classmethod
    def content_of(cls, row: Values) -> Content:
        return {name: getattr(row, name) for name in cls.base_fields}
