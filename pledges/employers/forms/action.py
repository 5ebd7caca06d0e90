"""The form of an action, with its steps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from pledges.employers.forms.adoption import ROLE_HINT
from pledges.employers.forms.base import Content, ProposalForm, day, line, text
from pledges.employers.models.actions import Action, StaffGroup
from pledges.employers.models.staff_pledges import StaffPledge

MOST_STEPS, SPARE_STEPS, MOST_SITES = 20, 3, 50
STEP = re.compile(r"step_(\d{1,2})_title")
Status = Action.Status
BEGINNINGS = [(status.value, status.label) for status in (Status.PLANNED, Status.UNDER_WAY)]
AS_READ = ("title", "description", "owner", "measure", "unit")


@dataclass(frozen=True)
class Step:
    """The fields of one row of steps."""

    number: int
    title: forms.BoundField
    due: forms.BoundField
    reached: forms.BoundField


def _figure(label) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(
            {"class": "nhsuk-input nhsuk-input--width-5", "inputmode": "decimal"}
        ),
        error_messages={"invalid": _("Enter a number, for example 12.5")},
    )


class ActionForm(ProposalForm):
    """What an employer does for one pledge or several. Its status changes by updates later."""

    pledges = forms.ModelMultipleChoiceField(
        StaffPledge.objects.none(),
        label=_("For which pledges?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one pledge"),
            "invalid_choice": _("Choose among the six pledges"),
            "invalid_pk_value": _("Choose among the six pledges"),
        },
    )
    title = line(_("Title"), 120, need=_("Enter a title"))
    description = text(_("What you will do, and why"), 3000, 8, need=_("Write what you will do"))
    owner = line(_("Who sees to it"), 100, ROLE_HINT, _("Enter the role of who sees to it"))
    start = day(_("First day"), need=_("Enter the day on which it begins"))
    due = day(_("Day by which it is to be done (optional)"))
    status = forms.ChoiceField(
        choices=BEGINNINGS,
        label=_("How far is it?"),
        initial=Status.PLANNED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it is")},
    )
    staff_groups = forms.MultipleChoiceField(
        choices=StaffGroup.choices,
        label=_("Which staff does it reach?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the groups of staff")},
    )
    sites = text(
        _("At which sites? (optional)"), 2000, 3, _("One a line. Leave it empty if it is at all.")
    )
    measure = line(
        _("How you will know that it helps (optional)"),
        200,
        _("For example: staff who say that they were bullied, in the yearly survey"),
    )
    unit = line(_("Unit"), 20, _("For example % or people"))
    baseline = _figure(_("Where you begin"))
    target = _figure(_("Where you want to be"))
    good_practice = forms.BooleanField(
        label=_("Good practice: others may copy it"),
        required=False,
        widget=forms.CheckboxInput({"class": "nhsuk-checkboxes__input"}),
    )

    def build(self) -> None:
        self.fields["pledges"].queryset = StaffPledge.objects.current()
        if self.target:
            # Also one of an edition before, which it was written for.
            own = self.target.pledges.all()
            current = StaffPledge.objects.current().values("pk")
            both = StaffPledge.objects.filter(pk__in=[*own.values_list("pk", flat=True)])
            self.fields["pledges"].queryset = StaffPledge.objects.filter(pk__in=current) | both
            del self.fields["status"]
        for number in range(1, self._rows() + 1):
            self.fields[f"step_{number}_title"] = line(_("Step"), 120)
            self.fields[f"step_{number}_due"] = day(_("By"))
            self.fields[f"step_{number}_reached"] = day(_("Reached on (optional)"))

    def _rows(self) -> int:
        """As many rows of steps as were given, and a few to spare."""
        given = self.data if self.is_bound else self.initial
        numbers = [int(found[1]) for name in given if (found := STEP.fullmatch(name))]
        filled = [n for n in numbers if str(given.get(f"step_{n}_title", "")).strip()]
        return min(max([*filled, 0]) + SPARE_STEPS, MOST_STEPS)

    @property
    def steps(self) -> Iterator[Step]:
        for number in range(1, self._rows() + 1):
            parts = ("title", "due", "reached")
            yield Step(number, *(self[f"step_{number}_{part}"] for part in parts))

    def clean_sites(self) -> str:
        lines = [site for site in self.cleaned_data["sites"].splitlines() if site]
        if len(lines) > MOST_SITES or any(len(site) > 200 for site in lines):
            raise forms.ValidationError(
                _gettext("Name 50 sites at most, each in 200 characters at most")
            )
        return "\n".join(lines)

    def clean(self) -> Content:
        given = super().clean()
        start, due = given.get("start"), given.get("due")
        if start and due and due < start:
            self.add_error("due", _("Enter a day that is not before the first one"))
        figures = (given.get("baseline"), given.get("target"))
        if any(figure is not None for figure in figures) and not given.get("measure"):
            self.add_error("measure", _("Say what these figures measure"))
        for number in range(1, self._rows() + 1):
            title, by = given.get(f"step_{number}_title"), f"step_{number}_due"
            rest = given.get(by) or given.get(f"step_{number}_reached")
            if title and not given.get(by) and by not in self.errors:
                self.add_error(by, _("Enter the day by which this step is to be taken"))
            elif rest and not title and f"step_{number}_title" not in self.errors:
                self.add_error(f"step_{number}_title", _("Say what this step is"))
        return given

    def steps_given(self) -> Iterator[dict[str, object]]:
        """The steps as rows of milestones."""
        given = self.cleaned_data
        for number in range(1, self._rows() + 1):
            if title := given.get(f"step_{number}_title"):
                due, reached = given[f"step_{number}_due"], given[f"step_{number}_reached"]
                yield {"title": title, "due": due, "reached_on": reached}

    @staticmethod
    def content_of(row: Action) -> Content:
        """All but its status, which is not for this form to change."""
        found: Content = {name: getattr(row, name) for name in AS_READ}
        found |= {"start": row.start.isoformat(), "due": row.due.isoformat() if row.due else ""}
        found |= {name: _shown(getattr(row, name)) for name in ("baseline", "target")}
        found["pledges"] = [str(pledge.pk) for pledge in row.pledges.all()]
        found["staff_groups"] = list(row.staff_groups)
        found["sites"] = "\n".join(row.sites)
        found["good_practice"] = row.good_practice
        for number, step in enumerate(row.milestones.all(), 1):
            found[f"step_{number}_title"] = step.title
            found[f"step_{number}_due"] = step.due.isoformat()
            reached = step.reached_on
            found[f"step_{number}_reached"] = reached.isoformat() if reached else ""
        return found


def _shown(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure.normalize():f}"
