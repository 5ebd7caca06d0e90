"""Parts of a file over HTTP (RFC 9110, 14): maps read FlatGeobuf by the parts that they show."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _

BLOCK = 256 * 1024
# Several ranges in one request are ignored, as the standard allows: the whole is sent.
RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))", re.ASCII)
Span = tuple[int, int]


class Unsatisfiable(ValueError):
    """The requested range lies beyond the end."""


def requested_range(request: HttpRequest, size: int, etag: str, modified: int) -> Span | None:
    """Return the first byte and the one after the last; None for the whole file.

    `modified` is in whole seconds since 1970. Raises Unsatisfiable.
    """
    found = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not found:
        return None
    since = request.headers.get("If-Range")
    if since and since != etag and parse_http_date_safe(since) != modified:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None  # not a valid range, so the header is ignored
    if start >= size or start >= end:
        raise Unsatisfiable
    return start, end


def range_response(
    request: HttpRequest, file: BinaryIO, size: int, etag: str, modified: int
) -> HttpResponseBase:
    """Return 200, 206 or 416; the caller sets the media type, and HEAD has no body."""
    try:
        span = requested_range(request, size, etag, modified)
    except Unsatisfiable:
        file.close()
        body = {"code": "no-such-part", "description": _("The file ends before this part.")}
        return JsonResponse(body, status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = span or (0, size)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(end - start)}
    if request.method == "HEAD":
        file.close()
        return HttpResponse(headers=headers)
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingHttpResponse(
        read_range(file, start, end), status=206 if span else 200, headers=headers
    )


def read_range(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Yield these bytes of a file in blocks, then close it, also when the client has gone."""
    with file:
        file.seek(start)
        while start < end and (block := file.read(min(BLOCK, end - start))):
            yield block
            start += len(block)
