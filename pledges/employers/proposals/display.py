"""Proposals as people read them: what each is called, and what it changes, line by line."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledges.employers.forms.action import STEP
from pledges.employers.forms.base import Content
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.proposals.kinds import FORMS, content_of, row_of
from pledges.employers.reports.period import Period

Kind = Proposal.Kind


@dataclass(frozen=True)
class Titled:
    """A proposal with its title."""

    proposal: Proposal
    title: str


def with_titles(proposals: Iterable[Proposal]) -> list[Titled]:
    """The pledges that they are about are read in one query."""
    rows = list(proposals)
    keys = [row.content.get("pledge") for row in rows if row.kind == Kind.ADOPTION]
    pledges = StaffPledge.objects.in_bulk([int(key) for key in keys if key])
    return [Titled(row, _title(row, pledges)) for row in rows]


def title_of(proposal: Proposal) -> str:
    """What it is about: the pledge, the action, the evidence, the period; or else its kind."""
    (found,) = with_titles([proposal])
    return found.title


def _title(proposal: Proposal, pledges: Mapping[int, StaffPledge]) -> str:
    content = proposal.content
    if proposal.kind == Kind.ADOPTION:
        found = pledges.get(int(content.get("pledge") or 0))
        return found.local_name if found else proposal.get_kind_display()
    if proposal.kind == Kind.UPDATE and proposal.action:
        return proposal.action.title
    if proposal.kind == Kind.EVIDENCE and proposal.action:
        names = {"what": content.get("title", ""), "action": proposal.action.title}
        return _("%(what)s, for “%(action)s”") % names
    if proposal.kind == Kind.REPORT:
        return _("Report to the board, %(period)s") % {"period": Period.parse(content["period"])}
    return content.get("title") or proposal.get_kind_display()


@dataclass(frozen=True)
class Line:
    """A field of the form, as it is public and as it is proposed; either may be empty."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def lines(proposal: Proposal) -> list[Line]:
    """All fields with content, before or after; of an approved proposal, as it was then."""
    row = row_of(proposal)
    approved = proposal.state == Proposal.State.APPROVED
    before = (proposal.before or {}) if approved else content_of(proposal.kind, row)
    after = {} if proposal.removes else proposal.content
    fields = FORMS[proposal.kind].of(proposal, row).fields
    return [line for line in _lines(fields, before, after) if line.before or line.after]


def _lines(fields: Mapping[str, forms.Field], before: Content, after: Content) -> Iterator[Line]:
    for name, field in fields.items():
        if not name.startswith("step_") and not isinstance(field, forms.FileField):
            label = str(field.label).removesuffix(_(" (optional)"))
            yield Line(label, _shown(field, before.get(name)), _shown(field, after.get(name)))
    numbers = {int(found[1]) for name in (*before, *after) if (found := STEP.fullmatch(name))}
    for number in sorted(numbers):
        label = _("Step %(number)d") % {"number": number}
        yield Line(label, _step(number, before), _step(number, after))


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
    keys: list[Any] = value if isinstance(value, list) else [value]
    if isinstance(field, forms.ModelChoiceField):
        pledges = StaffPledge.objects.filter(pk__in=keys).order_by("number")
        return "\n".join(pledge.local_name for pledge in pledges)
    if isinstance(field, forms.ChoiceField):
        choices = cast(Iterable[tuple[object, object]], field.choices)
        names = {str(key): str(name) for key, name in choices}
        return "\n".join(names.get(str(key), str(key)) for key in keys)
    return _day(str(value)) if isinstance(field, forms.DateField) else str(value)
