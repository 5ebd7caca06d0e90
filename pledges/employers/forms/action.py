"""The form of an action, with its steps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from pledges.employers.forms.adoption import ROLE_HINT
from pledges.employers.forms.base import Content, ProposalForm, day, figure, iso, line, text
from pledges.employers.models.actions import Action, StaffGroup
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge

MOST_STEPS, SPARE_STEPS, MOST_SITES = 20, 3, 50
STEP = re.compile(r"step_(\d{1,2})_title")
Status = Action.Status
FIRST_STATUSES = [(status.value, status.label) for status in (Status.PLANNED, Status.UNDER_WAY)]
# Fields that a row stores as the form has them.
TEXTS = ("title", "description", "owner", "measure", "unit")
PLAIN = (*TEXTS, "start", "due", "staff_groups", "baseline", "target", "good_practice")


@dataclass(frozen=True)
class Step:
    """The fields of one step."""

    number: int
    title: forms.BoundField
    due: forms.BoundField
    reached: forms.BoundField


class ActionForm(ProposalForm[Action]):
    """An action for one pledge or several. Later, only updates change its status."""

    model = Action

    pledges = forms.ModelMultipleChoiceField(
        StaffPledge.objects.current(),
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
        choices=FIRST_STATUSES,
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
    baseline = figure(_("Where you begin"))
    target = figure(_("Where you want to be"))
    good_practice = forms.BooleanField(
        label=_("Good practice: others may copy it"),
        required=False,
        widget=forms.CheckboxInput({"class": "nhsuk-checkboxes__input"}),
    )

    def build(self) -> None:
        if self.row:
            # Also those of an earlier edition, for which it was written.
            pledges = cast(forms.ModelMultipleChoiceField, self.fields["pledges"])
            keys = list(self.row.pledges.values_list("pk", flat=True))
            own = StaffPledge.objects.filter(pk__in=keys)
            pledges.queryset = StaffPledge.objects.current() | own
            del self.fields["status"]
        for number in self._numbers():
            self.fields[f"step_{number}_title"] = line(_("Step"), 120)
            self.fields[f"step_{number}_due"] = day(_("By"))
            self.fields[f"step_{number}_reached"] = day(_("Reached on (optional)"))

    def _numbers(self) -> range:
        """The numbers of the steps: as many as there are, and a few to spare."""
        given = self.data if self.is_bound else self.initial
        numbers = [int(found[1]) for name in given if (found := STEP.fullmatch(name))]
        filled = [n for n in numbers if str(given.get(f"step_{n}_title", "")).strip()]
        return range(1, min(max([*filled, 0]) + SPARE_STEPS, MOST_STEPS) + 1)

    @property
    def steps(self) -> Iterator[Step]:
        for number in self._numbers():
            parts = ("title", "due", "reached")
            yield Step(number, *(self[f"step_{number}_{part}"] for part in parts))

    def clean_sites(self) -> str:
        lines = [site for site in self.cleaned_data["sites"].splitlines() if site]
        if len(lines) > MOST_SITES or any(len(site) > 200 for site in lines):
            raise forms.ValidationError(
                _gettext("Name 50 sites at most, each in 200 characters at most")
            )
        return "\n".join(lines)

    def clean(self) -> None:
        given = self.cleaned_data
        start, due = given.get("start"), given.get("due")
        if start and due and due < start:
            self.add_error("due", _("Enter a day that is not before the first one"))
        figures = (given.get("baseline"), given.get("target"))
        if any(figure is not None for figure in figures) and not given.get("measure"):
            self.add_error("measure", _("Say what these figures measure"))
        for number in self._numbers():
            title, by = given.get(f"step_{number}_title"), f"step_{number}_due"
            rest = given.get(by) or given.get(f"step_{number}_reached")
            if title and not given.get(by) and by not in self.errors:
                self.add_error(by, _("Enter the day by which this step is to be taken"))
            elif rest and not title and f"step_{number}_title" not in self.errors:
                self.add_error(f"step_{number}_title", _("Say what this step is"))

    def save(self, proposal: Proposal) -> Action:
        given, now = self.cleaned_data, timezone.now()
        row = self.row or Action(
            organisation=self.organisation, status=given["status"], adapted_from=proposal.action
        )
        for name in PLAIN:
            setattr(row, name, given[name])
        row.sites = given["sites"].splitlines()
        row.approved_at = row.said_at = now
        row.save()
        row.pledges.set(given["pledges"])
        row.milestones.all().delete()
        for number in self._numbers():
            if title := given.get(f"step_{number}_title"):
                due, reached = given[f"step_{number}_due"], given[f"step_{number}_reached"]
                row.milestones.create(title=title, due=due, reached_on=reached)
        return row

    @classmethod
    def content_of(cls, row: Action) -> Content:
        """All but its status, which this form does not change."""
        found: Content = {name: getattr(row, name) for name in TEXTS}
        found |= {"start": row.start.isoformat(), "due": iso(row.due)}
        found |= {"baseline": _plain(row.baseline), "target": _plain(row.target)}
        found["pledges"] = [str(pledge.pk) for pledge in row.pledges.all()]
        found["staff_groups"] = list(row.staff_groups)
        found["sites"] = "\n".join(row.sites)
        found["good_practice"] = row.good_practice
        for number, step in enumerate(row.milestones.all(), 1):
            found[f"step_{number}_title"] = step.title
            found[f"step_{number}_due"] = step.due.isoformat()
            found[f"step_{number}_reached"] = iso(step.reached_on)
        return found


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
