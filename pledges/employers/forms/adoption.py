"""What an employer stands by: adopting a pledge, and its values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pledges.employers.forms.base import Content, ProposalForm, day, line, text
from pledges.employers.models.adopting import Adoption, Values
from pledges.employers.models.staff_pledges import StaffPledge

ROLE_HINT = _("A role, not a name: people change, and a name would stand here for everybody.")


class AdoptionForm(ProposalForm):
    """That the board adopted one of the six, from a day on, and who answers for it there."""

    pledge = forms.ModelChoiceField(
        StaffPledge.objects.none(),
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
        current = StaffPledge.objects.current()
        if self.target:
            current = StaffPledge.objects.filter(pk=self.target.pledge_id)
        else:
            del self.fields["ended_on"]
        self.fields["pledge"].queryset = current

    def clean(self) -> Content:
        given = super().clean()
        began, ended = given.get("adopted_on"), given.get("ended_on")
        if began and ended and ended <= began:
            self.add_error("ended_on", _("Enter a day after the one on which it was adopted"))
        pledge = given.get("pledge")
        if pledge and not ended and self._holds_already(pledge):
            self.add_error("pledge", _("This pledge is adopted already. Change that instead."))
        return given

    def _holds_already(self, pledge: StaffPledge) -> bool:
        same = Adoption.objects.of(self.organisation).filter(pledge=pledge, ended_on__isnull=True)
        return same.exclude(pk=self.target.pk if self.target else None).exists()

    @staticmethod
    def content_of(row: Adoption) -> Content:
        return {
            "pledge": str(row.pledge_id),
            "adopted_on": row.adopted_on.isoformat(),
            "lead": row.lead,
            "ended_on": row.ended_on.isoformat() if row.ended_on else "",
        }


class ValuesForm(ProposalForm):
    """What the employer stands for, and where its staff find help."""

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

    @staticmethod
    def content_of(row: Values) -> Content:
        return {
            name: getattr(row, name) for name in ("statement", "statement_cy", "help", "help_cy")
        }
