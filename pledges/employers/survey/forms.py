"""The forms of an import: the file and its year, then the column of each field."""

from typing import Any

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from geo.uploads.fields import UploadField
from geo.uploads.storage import CheckedFile
from pledges.employers.models.survey import IndicatorSet
from pledges.employers.survey.columns import NAMES
from pledges.employers.survey.tables import KINDS, Table

SELECT = {"class": "nhsuk-select"}
BEGINNING = 4096  # bytes, in which a wrong encoding shows itself


class FiguresField(UploadField):
    """A table as CSV or XLSX, with its own error for a wrong encoding, the commonest fault."""

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        if data:
            data.seek(0)
            first = data.read(BEGINNING)
            data.seek(0)
            if not first.startswith(b"PK") and not _is_utf8(first):
                raise forms.ValidationError(
                    _("This file is not UTF-8. Save it as “CSV UTF-8”, or as a workbook (.xlsx)."),
                    code="encoding",
                )
        return super().clean(data, initial)


def _is_utf8(first: bytes) -> bool:
    """Whether a beginning is UTF-8; its last character may be cut off."""
    try:
        first.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return len(first) == BEGINNING and error.start > BEGINNING - 4
    return True


class FileForm(forms.Form):
    """A file of figures, in place of the one before where there is one."""

    file = FiguresField(
        label=_("File"),
        kinds=KINDS,
        help_text=_(
            "CSV (UTF-8) or an Excel workbook (.xlsx), of which the first sheet is read; at most 4"
            " MB. The first line has the headings."
        ),
    )


def year_choices() -> list[tuple[str, str]]:
    """Years since the first set of indicators, the newest first."""
    this = timezone.localdate().year
    first = IndicatorSet.objects.aggregate(first=Min("year"))["first"] or this
    years = [(str(year), str(year)) for year in range(this, first - 1, -1)]
    return [("", gettext("Choose a year")), *years]


class StartForm(FileForm):
    """The year of the survey, and the file."""

    field_order = ("year", "file")
    year = forms.TypedChoiceField(
        label=_("Year of the survey"),
        choices=year_choices,
        coerce=int,
        widget=forms.Select(SELECT),
        error_messages={"required": _("Choose the year of the survey")},
    )


class ColumnsForm(forms.Form):
    """The heading of each field; a file with columns for each finding has none for some fields."""

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("In no column")), *((name, name) for name in table.headings)]
        for field, name in NAMES.items():
            self.fields[field] = forms.ChoiceField(
                label=name, choices=choices, required=False, widget=forms.Select(SELECT)
            )

    def clean(self) -> None:
        taken: set[str] = set()
        for field, heading in list(self.cleaned_data.items()):
            if heading and heading in taken:
                self.add_error(field, _("This column is chosen twice"))
            taken.add(heading)
