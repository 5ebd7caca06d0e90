"""Files that people give: checked by content, kept apart from what is served, answered with care.

A form takes one with `UploadField`; its cleaned value is `Checked`, and `keep` makes the row. A
view that has asked whether the reader may see it answers with `respond`.
"""

from geo.uploads.documents import DOCUMENTS, PICTURE, check_file
from geo.uploads.fields import UploadField
from geo.uploads.pictures import check_picture
from geo.uploads.reading import MOST_BYTES_OF_FILE, MOST_BYTES_OF_PICTURE, Refused
from geo.uploads.serving import respond
from geo.uploads.storage import (
    Checked,
    accept_file,
    accept_picture,
    forget_unused,
    keep,
    unused_uploads,
)

__all__ = [
    "DOCUMENTS",
    "MOST_BYTES_OF_FILE",
    "MOST_BYTES_OF_PICTURE",
    "PICTURE",
    "Checked",
    "Refused",
    "UploadField",
    "accept_file",
    "accept_picture",
    "check_file",
    "check_picture",
    "forget_unused",
    "keep",
    "respond",
    "unused_uploads",
]
