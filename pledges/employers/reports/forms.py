"""The forms of a report: its period, a summary, and what it asks of the board."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.employers.forms.base import Content, ProposalForm, text
from pledges.employers.matrix.query import years
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.reports import publishing
from pledges.employers.reports.period import Period


def period_choices() -> list[tuple[str, str]]:
    """Periods that have begun, of the years with anything to show, the newest first."""
    today = timezone.localdate()
    found = [Period(year, quarter) for year in years() for quarter in (0, 4, 3, 2, 1)]
    return [(period.slug, str(period)) for period in found if period.first <= today]


class PeriodForm(forms.Form):
    """The period of a new report."""

    period = forms.ChoiceField(
        label=_("Year or quarter"),
        choices=period_choices,
        initial=lambda: Period.last_complete().slug,
        widget=forms.Select({"class": "nhsuk-select"}),
        error_messages={
            "required": _("Choose a year or a quarter"),
            "invalid_choice": _("Choose a year or a quarter that has begun"),
        },
    )


class ReportForm(PeriodForm, ProposalForm[BoardReport]):
    """What editors write; the rest of a report are figures."""

    model = BoardReport
    # Published editions stay; a newer one replaces them.
    may_change = may_remove = False

    summary = text(
        _("Summary (optional)"),
        3000,
        8,
        _("What a member of the board should know who reads nothing else."),
    )
    asks = text(
        _("What you ask of the board (optional)"),
        2000,
        5,
        _("One a line: what the board should decide, support or look into."),
    )

    def save(self, proposal: Proposal) -> BoardReport:
        return publishing.publish(proposal)

    @classmethod
    def sealed(cls, proposal: Proposal) -> Content:
        return {"figures": publishing.figures(proposal)}
