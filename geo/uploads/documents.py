"""Documents: PDF, office files and plain text, recognised by their content."""

import csv
import io
import re
import zipfile
from collections.abc import Collection
from typing import BinaryIO

from django.utils.translation import gettext as _

from geo.uploads.archives import kind_of_archive
from geo.uploads.pictures import kind_of_picture, picture_of
from geo.uploads.reading import MOST_BYTES_OF_FILE, CheckedFile, UploadRefused, read_limited

PICTURE = "picture"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "odt": f"{_OPEN}text",
    "odp": f"{_OPEN}presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
DOCUMENTS = frozenset({PICTURE, *MEDIA_TYPES})
# What makes a PDF do something by itself, or carry another file. A look at the words of the file,
# not a reading of it: what is packed away is left to the reader's own program.
ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(r"\s*<[a-zA-Z!?]")
ROWS = 50  # of a table, looked at


def check_file(file: BinaryIO, kinds: Collection[str] = DOCUMENTS) -> CheckedFile:
    """Return a document or picture of one of the `kinds`, ready to be stored.

    `kinds` are names of DOCUMENTS: "picture", "pdf", "docx", "pptx", "xlsx", "odt", "odp", "csv",
    "txt". At most 20 MB; pictures at most 8 MB, and re-encoded.
    """
    data = read_limited(file, MOST_BYTES_OF_FILE)
    if kind_of_picture(data):
        _require_allowed(PICTURE, kinds)
        return picture_of(data)
    kind = _kind(data)
    _require_allowed(kind, kinds)
    return CheckedFile(data, kind, MEDIA_TYPES[kind])


def _kind(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK"):
        return kind_of_archive(data)
    return _text(data)


def _require_allowed(kind: str, kinds: Collection[str]) -> None:
    if kind not in kinds:
        raise UploadRefused(_("Files of this kind cannot be given here. Choose another."))


def _pdf(data: bytes) -> str:
    # A file that is a PDF for one program and an archive for another is meant to deceive one.
    if b"%%EOF" not in data[-1024:] or zipfile.is_zipfile(io.BytesIO(data)):
        raise UploadRefused(_("This PDF is damaged. Save it again, then choose it once more."))
    if ACTIVE.search(data):
        raise UploadRefused(_("This PDF has scripts or other files in it. Save it without them."))
    return "pdf"


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UploadRefused(_unknown()) from error
    if CONTROL.search(text) or MARKUP.match(text):
        raise UploadRefused(_unknown())
    return "csv" if _is_table(text) else "txt"


def _is_table(text: str) -> bool:
    """Whether the first rows have the same number of cells, two at least."""
    start = text[:100_000]
    if len(text) > len(start):
        start = start.rpartition("\n")[0]
    for delimiter in ",;\t":
        try:
            read_rows = list(csv.reader(io.StringIO(start), delimiter=delimiter))
        except csv.Error:
            continue
        rows = [row for row in read_rows if row][:ROWS]
        if len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1:
            return True
    return False


def _unknown() -> str:
    return _(
        "We do not know this kind of file. Choose a PDF, a picture, an office document without"
        " macros, or text in UTF-8."
    )
