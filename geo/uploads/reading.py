"""Reading an uploaded file within its limits."""

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from geo.core.errors import UploadRefused

MEGABYTE = 1024 * 1024
MOST_BYTES_OF_PICTURE = 8 * MEGABYTE
MOST_BYTES_OF_FILE = 20 * MEGABYTE


@dataclass(frozen=True)
class CheckedFile:
    """A file whose content was checked; nothing is stored yet.

    `data` is what to store, `extension` and `media_type` tell its kind, found from the content.
    Width and height are in pixels, None for what is no picture.
    """

    data: bytes
    extension: str
    media_type: str
    width: int | None = None
    height: int | None = None


def read_limited(file: BinaryIO, most: int) -> bytes:
    """Return all of a file of at most `most` bytes; refuse what is longer, or empty."""
    file.seek(0)
    data = file.read(most + 1)
    if not data:
        raise UploadRefused(_("This file is empty. Choose another."))
    if len(data) > most:
        raise UploadRefused(
            _("This file is too big. Choose one of at most %(most)s MB.")
            % {"most": most // MEGABYTE}
        )
    return data
