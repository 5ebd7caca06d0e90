"""Forms whose answers are kept as JSON until they are approved, and are then read once more."""

import datetime
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.validators import URLValidator
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.employers.models.proposals import Proposal
from pledges.organisations.models import Organisation

PLAIN_ADDRESS = URLValidator(schemes=["http", "https"])
Content = dict[str, Any]
TOO_LONG = _("Use %(limit_value)d characters at most")


class Line(forms.CharField):
    """One line: whatever space is in it becomes a single one."""

    def to_python(self, value: object) -> str:
        return " ".join(super().to_python(value).split())


class Paragraphs(forms.CharField):
    """Lines, without space at their ends, and two empty ones in a row become one."""

    def to_python(self, value: object) -> str:
        lines = [line.rstrip() for line in super().to_python(value).splitlines()]
        kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
        return "\n".join(kept).strip()


def line(label: str | Promise, limit: int, hint: str | Promise = "", need: str | Promise = ""):
    """A field of one line; required where `need` says what to do."""
    return Line(
        label=label,
        help_text=hint,
        max_length=limit,
        required=bool(need),
        widget=forms.TextInput({"class": "nhsuk-input"}),
        error_messages={"required": need, "max_length": TOO_LONG},
    )


def text(
    label: str | Promise,
    limit: int,
    rows: int = 4,
    hint: str | Promise = "",
    need: str | Promise = "",
) -> Paragraphs:
    """A field of paragraphs; required where `need` says what to do."""
    return Paragraphs(
        label=label,
        help_text=hint,
        max_length=limit,
        required=bool(need),
        widget=forms.Textarea({"class": "nhsuk-textarea", "rows": rows}),
        error_messages={"required": need, "max_length": TOO_LONG},
    )


def day(label: str | Promise, hint: str | Promise = "", need: str | Promise = ""):
    """A day from 2009, when the pledges were first made, to 2100."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(need),
        validators=[_sensible],
        widget=forms.DateInput(
            {"type": "date", "class": "nhsuk-input nhsuk-input--width-10"}, format="%Y-%m-%d"
        ),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        error_messages={"required": need, "invalid": _("Enter a day, for example 2026-03-31")},
    )


def _sensible(value: datetime.date) -> None:
    if not 2009 <= value.year <= 2100:
        raise forms.ValidationError(_("Enter a day from 2009 to 2100"))


class ProposalForm(forms.Form):
    """Base of the forms of each kind. `organisation` is whose; `target` is the public row, if any.

    `parent` is the action that an update or a piece of evidence belongs to.
    """

    def __init__(
        self,
        *given: Any,
        organisation: Organisation,
        target: Model | None = None,
        parent: Model | None = None,
        has_file: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.organisation, self.target, self.parent = organisation, target, parent
        self.has_file = has_file
        self.build()

    def build(self) -> None:
        """What a form changes of its fields, once it knows whose it is."""

    @classmethod
    def of(cls, proposal: Proposal, target: Model | None) -> Self:
        """The form filled with what a proposal says, as if that had just been posted."""
        return cls(
            posted(proposal.content),
            organisation=proposal.organisation,
            target=target,
            parent=proposal.action,
            has_file=proposal.upload_id is not None,
        )

    def content(self) -> Content:
        """What was answered, ready for JSON; a file is kept apart."""
        kept = (name for name, field in self.fields.items() if not _is_file(field))
        return {name: _plain(self.cleaned_data.get(name)) for name in kept}

    def reasons(self) -> str:
        """All that is wrong, in one line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


def posted(content: Content) -> QueryDict:
    """Return kept answers as a browser would post them."""
    data = QueryDict(mutable=True)
    for name, value in content.items():
        if isinstance(value, bool):
            data.setlist(name, ["on"] if value else [])
        else:
            data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _is_file(field: forms.Field) -> bool:
    return isinstance(field, forms.FileField)


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, QuerySet):
        return [str(row.pk) for row in value]
    if isinstance(value, Model):
        return str(value.pk)
    return str(value) if isinstance(value, Decimal) else value
