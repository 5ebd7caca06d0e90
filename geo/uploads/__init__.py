"""Uploaded files: checked by content and stored apart from what is served.

A form takes one with `UploadField`; its cleaned value is a `CheckedFile`, which `save_upload`
stores. A view that has checked the reader's permission answers with `upload_response`.
"""

from geo.uploads.documents import DOCUMENTS, PICTURE, check_file
from geo.uploads.fields import UploadField
from geo.uploads.pictures import check_picture
from geo.uploads.reading import MOST_BYTES_OF_FILE, MOST_BYTES_OF_PICTURE, UploadRefused
from geo.uploads.serving import upload_response
from geo.uploads.storage import (
    CheckedFile,
    accept_file,
    accept_picture,
    delete_unused,
    save_upload,
    unused_uploads,
)

__all__ = [
    "DOCUMENTS",
    "MOST_BYTES_OF_FILE",
    "MOST_BYTES_OF_PICTURE",
    "PICTURE",
    "CheckedFile",
    "UploadField",
    "UploadRefused",
    "accept_file",
    "accept_picture",
    "check_file",
    "check_picture",
    "delete_unused",
    "save_upload",
    "unused_uploads",
    "upload_response",
]
