"""Serving an uploaded file."""

import re

from django.http import FileResponse
from django.utils.translation import gettext as _

from geo.core.errors import NotFound
from geo.uploads.models import Upload

CACHED_SECONDS = 600  # by the reader's own browser; no longer, since a moderator may hide it
UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")
LONGEST_NAME = 100
POLICY = "default-src 'none'; sandbox"


def upload_response(
    upload: Upload, filename: str | None = None, *, inline: bool = False
) -> FileResponse:
    """Return the file; the view must have checked the reader's permission.

    `filename` is what the reader's browser proposes; its ending is that of the kind found. Only
    pictures may stand in a page (`inline`): all else is downloaded.
    """
    try:
        content = upload.file.storage.open(str(upload.file.name))
    except FileNotFoundError as error:
        raise NotFound(_("This file is no longer here.")) from error
    picture = upload.media_type.startswith("image/")
    response = FileResponse(
        content,
        as_attachment=not (inline and picture),
        filename=download_name(filename, upload.extension),
        content_type=upload.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"private, max-age={CACHED_SECONDS}"
    return response


def download_name(name: str | None, extension: str) -> str:
    """Return a name without paths, marks that systems forbid, or an ending of another kind."""
    stem = UNFIT.sub(" ", name or "").strip(". ")
    stem = re.sub(r"\.\w{1,5}$", "", stem)[:LONGEST_NAME].strip(". ")
    return f"{stem or 'file'}.{extension}"
