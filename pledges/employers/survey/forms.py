"""The forms of an import: the file and its year, then which column holds what."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.uploads.fields import UploadField
from geo.uploads.storage import CheckedFile
from pledges.employers.models.survey import IndicatorSet
from pledges.employers.survey.columns import NAMES
from pledges.employers.survey.tables import KINDS, Table

SELECT = {"class": "nhsuk-select"}
BEGINNING = 4096  # bytes, in which a wrong encoding shows itself


class FiguresField(UploadField):
    """A table as CSV or XLSX. A wrong encoding is named, for it is the commonest fault."""

    def to_python(self, data: UploadedFile | None) -> CheckedFile | None:
        if data:
            data.seek(0)
            first = data.read(BEGINNING)
            data.seek(0)
            if not first.startswith(b"PK") and not _is_utf8(first):
                raise forms.ValidationError(
                    _("This file is not UTF-8. Save it as “CSV UTF-8”, or as a workbook (.xlsx)."),
                    code="encoding",
                )
        return super().to_python(data)


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


class BeginForm(FileForm):
    """The year of the survey, and the file. Years are those since the first known set."""

    field_order = ("year", "file")
    year = forms.TypedChoiceField(
        label=_("Year of the survey"), coerce=int, widget=forms.Select(SELECT)
    )

    def __init__(self, *given, **more) -> None:
        super().__init__(*given, **more)
        first = IndicatorSet.objects.order_by("year").values_list("year", flat=True).first()
        this = timezone.localdate().year
        years = range(this, (first or this) - 1, -1)
        self.fields["year"].choices = [("", _("Choose a year")), *((year, year) for year in years)]
        self.fields["year"].error_messages["required"] = _("Choose the year of the survey")


class ColumnsForm(forms.Form):
    """Which column holds what. Fields of a file with columns for each finding may stay empty."""

    def __init__(self, table: Table, *given, **more) -> None:
        super().__init__(*given, **more)
        choices = [("", _("In no column")), *((name, name) for name in table.headings)]
        for what, name in NAMES.items():
            self.fields[what] = forms.ChoiceField(
                label=name, choices=choices, required=False, widget=forms.Select(SELECT)
            )

    def clean(self) -> dict:
        given = super().clean()
        taken: dict[str, str] = {}
        for what, heading in list(given.items()):
            if heading and heading in taken:
                self.add_error(what, _("This column is chosen twice"))
            taken[heading] = what
        return given
