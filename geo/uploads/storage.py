"""Storing checked files, and deleting those that nothing refers to any more."""

import datetime
from collections.abc import Collection
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.utils import timezone

from geo.uploads.documents import DOCUMENTS, check_file
from geo.uploads.models import Upload
from geo.uploads.pictures import check_picture
from geo.uploads.reading import CheckedFile

# A row is written after its file, and what refers to it after the row: neither takes a day.
UNUSED_KEPT = datetime.timedelta(days=1)


def save_upload(checked: CheckedFile) -> Upload:
    """Write the file into the private storage, then its row."""
    upload = Upload(
        extension=checked.extension,
        media_type=checked.media_type,
        size=len(checked.data),
        width=checked.width,
        height=checked.height,
    )
    upload.file.save("", ContentFile(checked.data))
    return upload


def accept_picture(file: BinaryIO) -> Upload:
    """Check a picture (see `check_picture`) and store it; nothing is written if it is refused."""
    return save_upload(check_picture(file))


def accept_file(file: BinaryIO, kinds: Collection[str] = DOCUMENTS) -> Upload:
    """Check a file (see `check_file`) and store it; nothing is written if it is refused."""
    return save_upload(check_file(file, kinds))


def stray_files(before: datetime.datetime) -> list[str]:
    """Return names in the private storage, written before that moment, that no row has."""
    storage = Upload.file.field.storage
    if not storage.exists(""):
        return []
    names = set(storage.listdir("")[1])
    names -= set(Upload.objects.filter(file__in=names).values_list("file", flat=True))
    return sorted(name for name in names if storage.get_modified_time(name) < before)


def unused_uploads() -> tuple[list[Upload], list[str]]:
    """Return what is a day old and needed by nothing: rows, and files without a row."""
    before = timezone.now() - UNUSED_KEPT
    return list(Upload.objects.unused(before)), stray_files(before)


def delete_unused(*, dry_run: bool = False) -> int:
    """Remove the uploads that nothing refers to; return how many there were.

    The row goes first: a file without one is found again, a row without a file would be shown.
    """
    rows, names = unused_uploads()
    if not dry_run:
        storage = Upload.file.field.storage
        for upload in rows:
            upload.delete()
            storage.delete(str(upload.file.name))
        for name in names:
            storage.delete(name)
    return len(rows) + len(names)
