"""What a proposal changes, line by line, in words: what the public reads now, and would read."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledges.employers.forms.action import STEP
from pledges.employers.forms.base import Content, ProposalForm
from pledges.employers.models.proposals import Proposal
from pledges.employers.proposals.kinds import says, sort_of, target_of


@dataclass(frozen=True)
class Line:
    """One answer of the form, as it is and as it would be; either may be empty."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def lines(proposal: Proposal) -> list[Line]:
    """All that is said, before or after; of what was approved, as it was then."""
    sort, target = sort_of(proposal), target_of(proposal)
    form = sort.form.of(proposal, target)
    approved = proposal.state == Proposal.State.APPROVED
    before = (proposal.before or {}) if approved else says(sort, target)
    after: Content = {} if proposal.removes else proposal.content
    found = [Line(*row) for row in _rows(form, before, after)]
    return [line for line in found if line.before or line.after]


def _rows(form: ProposalForm, before: Content, after: Content) -> Iterator[tuple[str, str, str]]:
    for name, field in form.fields.items():
        if not name.startswith("step_") and not isinstance(field, forms.FileField):
            label = str(field.label).removesuffix(_(" (optional)"))
            yield label, _shown(field, before.get(name)), _shown(field, after.get(name))
    numbers = {int(found[1]) for name in (*before, *after) if (found := STEP.fullmatch(name))}
    for number in sorted(numbers):
        label = _("Step %(number)d") % {"number": number}
        yield label, _step(number, before), _step(number, after)


def _step(number: int, content: Content) -> str:
    title, due, reached = (
        content.get(f"step_{number}_{part}") or "" for part in ("title", "due", "reached")
    )
    if not title:
        return ""
    found = _("%(step)s, by %(day)s") % {"step": title, "day": _day(due)}
    if reached:
        found = _("%(step)s (reached on %(day)s)") % {"step": found, "day": _day(reached)}
    return found


def _day(written: str) -> str:
    try:
        return date_format(datetime.date.fromisoformat(written), "j F Y")
    except ValueError:
        return written


def _shown(field: forms.Field, value: object) -> str:
    if value in (None, "", [], False):
        return ""
    if isinstance(field, forms.BooleanField):
        return _("Yes")
    if isinstance(field, forms.ModelChoiceField):
        keys = value if isinstance(value, list) else [value]
        rows = field.queryset.model._default_manager.filter(pk__in=keys).order_by("number")
        return "\n".join(row.local_name for row in rows)
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(name) for key, name in field.choices}
        keys = value if isinstance(value, list) else [value]
        return "\n".join(names.get(str(key), str(key)) for key in keys)
    return _day(str(value)) if isinstance(field, forms.DateField) else str(value)
