"""What editors write in a report: its period, a summary, and what they ask of the board."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.employers.forms.base import ProposalForm, text
from pledges.employers.matrix.years import years
from pledges.employers.reports.period import Period


def period_choices() -> list[tuple[str, str]]:
    """All periods that have begun and of which there is anything to say, the newest first."""
    today = timezone.localdate()
    found = [Period(year, quarter) for year in years() for quarter in (0, 4, 3, 2, 1)]
    return [(period.slug, str(period)) for period in found if period.first <= today]


class ReportForm(ProposalForm):
    """All else in a report is figures."""

    period = forms.ChoiceField(
        label=_("Year or quarter"),
        widget=forms.Select({"class": "nhsuk-select"}),
        error_messages={
            "required": _("Choose a year or a quarter"),
            "invalid_choice": _("Choose a year or a quarter that has begun"),
        },
    )
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

    def build(self) -> None:
        self.fields["period"].choices = period_choices()
        self.initial.setdefault("period", Period.last_complete().slug)


class PeriodForm(forms.Form):
    """One click: which period a report is made of."""

    period = forms.ChoiceField(
        label=_("Year or quarter"),
        widget=forms.Select({"class": "nhsuk-select"}),
        error_messages=ReportForm.base_fields["period"].error_messages,
    )

    def __init__(self, *given, **more) -> None:
        super().__init__(*given, **more)
        self.fields["period"].choices = period_choices()
        self.initial.setdefault("period", Period.last_complete().slug)
