"""The form field for a file, which says which kinds are accepted."""

from collections.abc import Collection
from typing import Any, BinaryIO, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from geo.uploads.documents import DOCUMENTS, PICTURE, check_file
from geo.uploads.pictures import check_picture
from geo.uploads.reading import UploadRefused

PICTURES = frozenset({PICTURE})
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
PICTURE_HINT = _(
    "A JPEG, PNG or WebP picture of at most 8 MB. Where and with what it was taken is removed."
)
FILE_HINT = _(
    "A PDF, picture, Word, PowerPoint, Excel or OpenDocument file without macros, or text; at most"
    " 20 MB."
)


class UploadField(forms.FileField):
    """Cleans to a `CheckedFile`, which `geo.uploads.save_upload` stores; None without a file.

    `kinds` as for `check_file`; by default pictures alone. The form needs `enctype`
    multipart/form-data and `request.FILES`.
    """

    def __init__(self, *, kinds: Collection[str] = PICTURES, **options: Any) -> None:
        self.kinds = frozenset(kinds)
        options.setdefault("help_text", PICTURE_HINT if self.pictures_alone else FILE_HINT)
        accepted = PICTURE_TYPES if self.pictures_alone else _accepted(self.kinds)
        options.setdefault(
            "widget",
            forms.FileInput({"class": "nhsuk-file-upload", "accept": ",".join(accepted)}),
        )
        options["error_messages"] = {
            "required": _("Choose a file"),
            "empty": _("This file is empty. Choose another."),
            **options.get("error_messages", {}),
        }
        super().__init__(**options)

    @property
    def pictures_alone(self) -> bool:
        return self.kinds == PICTURES

    def to_python(self, data: Any) -> Any:
        """Return a CheckedFile, or None without a file; raises ValidationError."""
        uploaded = super().to_python(data)
        if uploaded is None:
            return None
        file = cast("BinaryIO", uploaded)
        try:
            return check_picture(file) if self.pictures_alone else check_file(file, self.kinds)
        except UploadRefused as error:
            raise forms.ValidationError(error.description, code=UploadRefused.code) from error


def _accepted(kinds: Collection[str]) -> tuple[str, ...]:
    """The kinds that a browser offers to choose; the server decides by content, not by name."""
    pictures = PICTURE_TYPES if PICTURE in kinds else ()
    return (*pictures, *sorted(f".{kind}" for kind in DOCUMENTS & set(kinds) - {PICTURE}))
