"""Base of the forms of proposals: content is stored as JSON, and validated again on approval."""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from django import forms
from django.core.validators import URLValidator
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pledges.employers.models.actions import Action
from pledges.employers.models.proposals import Proposal
from pledges.organisations.models import Organisation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HTTP_URL = URLValidator(schemes=["http", "https"])
Content = dict[str, Any]
Row = TypeVar("Row", bound=Model)
TOO_LONG = _("Use %(limit_value)d characters at most")


class Line(forms.CharField):
    """One line: runs of white space become one space."""

    def to_python(self, value: object) -> str:
        return " ".join(str(super().to_python(value)).split())


class Paragraphs(forms.CharField):
    """Lines, without white space at their ends, and with one empty line between paragraphs."""

    def to_python(self, value: object) -> str:
        lines = [line.rstrip() for line in str(super().to_python(value)).splitlines()]
        found = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
        return "\n".join(found).strip()


def line(
    label: "StrOrPromise", limit: int, hint: "StrOrPromise" = "", need: "StrOrPromise" = ""
) -> Line:
    """A field of one line; required where `need`, the error without it, is given."""
    return Line(
        label=label,
        help_text=hint,
        max_length=limit,
        required=bool(need),
        widget=forms.TextInput({"class": "nhsuk-input"}),
        error_messages={"required": need, "max_length": TOO_LONG},
    )


def text(
    label: "StrOrPromise",
    limit: int,
    rows: int = 4,
    hint: "StrOrPromise" = "",
    need: "StrOrPromise" = "",
) -> Paragraphs:
    """A field of paragraphs; required where `need`, the error without it, is given."""
    return Paragraphs(
        label=label,
        help_text=hint,
        max_length=limit,
        required=bool(need),
        widget=forms.Textarea({"class": "nhsuk-textarea", "rows": rows}),
        error_messages={"required": need, "max_length": TOO_LONG},
    )


def day(
    label: "StrOrPromise", hint: "StrOrPromise" = "", need: "StrOrPromise" = ""
) -> forms.DateField:
    """A day from 2009, when the pledges were first made, to 2100."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(need),
        validators=[_check_year],
        widget=forms.DateInput(
            {"type": "date", "class": "nhsuk-input nhsuk-input--width-10"}, format="%Y-%m-%d"
        ),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        error_messages={"required": need, "invalid": _("Enter a day, for example 2026-03-31")},
    )


def _check_year(value: datetime.date) -> None:
    if not 2009 <= value.year <= 2100:
        raise forms.ValidationError(_("Enter a day from 2009 to 2100"))


def figure(label: "StrOrPromise") -> forms.DecimalField:
    """An optional number with two decimals."""
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


def iso(value: datetime.date | None) -> str:
    """A day as it is stored; empty without one."""
    return value.isoformat() if value else ""


class ProposalForm(forms.Form, Generic[Row]):
    """The form of one kind of proposal, of `organisation`.

    `row` is the public row that it changes, and `action` the action that it is about, if any.
    """

    model: type[Row]
    # The lookup from a public row to its organisation.
    organisation_lookup: ClassVar[str] = "organisation"
    # Whether its rows belong to an action, and whether they may be changed and removed.
    of_action: ClassVar[bool] = False
    may_change: ClassVar[bool] = True
    may_remove: ClassVar[bool] = True

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        row: Row | None = None,
        action: Action | None = None,
        has_file: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.row, self.action = organisation, row, action
        self.has_file = has_file
        self.build()

    def build(self) -> None:
        """Adapt the fields, once the form knows what it is about."""

    def save(self, proposal: Proposal) -> Row:
        """Write the public row of an approved proposal, whose content is valid."""
        raise NotImplementedError

    @classmethod
    def content_of(cls, row: Row) -> Content:
        """The content of a public row, as the form would store it."""
        return {}

    @classmethod
    def sealed(cls, proposal: Proposal) -> Content:
        """What is added to the content when it is sent: computed then, and published so."""
        return {}

    @classmethod
    def public_rows(cls, organisation: Organisation) -> QuerySet[Row]:
        return cls.model._default_manager.filter(**{cls.organisation_lookup: organisation})

    @classmethod
    def of(cls, proposal: Proposal, row: Row | None) -> Self:
        """The form bound to the content of a proposal, as if that had just been posted."""
        return cls(
            posted(proposal.content),
            organisation=proposal.organisation,
            row=row,
            action=proposal.action,
            has_file=proposal.upload_id is not None,
        )

    def content(self) -> Content:
        """The cleaned data, ready for JSON; an uploaded file is stored apart."""
        return {
            name: _jsonable(self.cleaned_data.get(name))
            for name, field in self.fields.items()
            if not isinstance(field, forms.FileField)
        }

    def reasons(self) -> str:
        """All errors, in one line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


def posted(content: Content) -> QueryDict:
    """Return stored content as a browser would post it."""
    data = QueryDict(mutable=True)
    for name, value in content.items():
        if isinstance(value, bool):
            data.setlist(name, ["on"] if value else [])
        else:
            data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _jsonable(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, QuerySet):
        return [str(row.pk) for row in value]
    if isinstance(value, Model):
        return str(value.pk)
    return str(value) if isinstance(value, Decimal) else value
