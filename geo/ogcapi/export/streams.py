"""Whole collections as files: streamed from one cursor in one transaction, in constant memory.

Forms that cannot be streamed are made by the worker beforehand: see `geo.ogcapi.export.files`.
"""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, cast

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework.request import Request

from geo.core import http_ranges, params
from geo.core.errors import BadParameter, NotFound
from geo.core.timeouts import bounded
from geo.ogcapi import links
from geo.ogcapi.export import files
from geo.ogcapi.export.formats import STREAMED_FORMATS, StreamedFormat
from geo.ogcapi.export.geofiles import FILE_FORMATS, FORMATS
from geo.ogcapi.export.models import BuiltFile
from geo.ogcapi.layers import Layer
from geo.ogcapi.query import ItemsQuery
from geo.ogcapi.views import CORS_HEADERS, Resource

CHUNK = 2000  # features fetched at a time, and sent together
CHUNK_TIMEOUT_MS = 60_000  # milliseconds that a chunk may cost the database


class Export(Resource):
    """All features that pass the filters, as one file."""

    parameters = None

    def get(self, request: Request, name: str, form: str) -> HttpResponseBase:
        layer = self.layer(name)
        if form in FILE_FORMATS:
            return built_file_response(request, layer, form)
        if form not in STREAMED_FORMATS:
            raise NotFound(f"There is no such form. There are: {', '.join(FORMATS)}.")
        with bounded():
            query = ItemsQuery.parse(layer, request.query_params)
            shape, site = STREAMED_FORMATS[form], links.site(request)
            rows = query.filters.apply(layer.rows()).order_by(*layer.order)
            written = rows.annotate(written=shape.row(layer, site, query))
            demo = layer.demo()
        lines = write_rows(
            written.values_list("written", flat=True), shape, shape.before(layer, query)
        )
        response = StreamingHttpResponse(
            # To HEAD nobody reads the body, and the rows would be read for nothing.
            () if request.method == "HEAD" else lines,
            content_type=f"{shape.media}; charset=utf-8" if form == "csv" else shape.media,
            headers={**CORS_HEADERS, "Cache-Control": "no-store"},
        )
        response["Content-Disposition"] = disposition(name, form, demo)
        if form != "csv":
            response["Content-Crs"] = f"<{query.crs.uri}>"
        return response


def disposition(name: str, form: str, demo: bool) -> str:
    return f'attachment; filename="{name}{"-demo" if demo else ""}.{form}"'


def built_file_response(request: Request, layer: Layer, form: str) -> HttpResponseBase:
    """Return the file that the worker made, or the range requested; 202 until there is one."""
    if request.query_params:
        streamed = ", ".join(STREAMED_FORMATS)
        name = params.clean(next(iter(request.query_params)))[:40]
        reason = f"this form is of whole collections alone; {streamed} take filters"
        raise BadParameter(name, reason)
    row = files.get_or_request(layer, form)
    if row.made_at is None:
        return not_ready_response(row)
    tag, modified = f'"{row.digest[:32]}"', int(row.made_at.timestamp())
    headers = {
        **CORS_HEADERS,
        "ETag": tag,
        "Last-Modified": http_date(modified),
        "Cache-Control": "no-cache",
    }
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=tag, last_modified=modified
    )
    if response is None:
        try:
            file = cast("BinaryIO", row.file.open())
        except FileNotFoundError:  # the next one has just taken its place
            return not_ready_response(row)
        response = http_ranges.range_response(request, file, row.size, tag, modified)
    if response.status_code < 300:
        response["Content-Type"] = FILE_FORMATS[form].media
        response["Content-Disposition"] = disposition(layer.name, form, row.demo)
    for header, value in headers.items():
        response[header] = value
    return response


def not_ready_response(row: BuiltFile) -> HttpResponse:
    body = {
        "code": "being-made",
        "description": _("This file is being made. Please ask again in a minute."),
    }
    headers = {
        **CORS_HEADERS,
        "Retry-After": str(files.retry_after(row)),
        "Cache-Control": "no-store",
    }
    return JsonResponse(body, status=202, headers=headers)


def write_rows(rows: QuerySet, form: StreamedFormat, before: str) -> Iterator[bytes]:
    """Write rows as they come from a cursor of the server's, inside one transaction."""
    with bounded(CHUNK_TIMEOUT_MS):
        yield before.encode()
        lead = form.first
        for batch in batched(rows.iterator(chunk_size=CHUNK)):
            yield (lead + form.between.join(batch)).encode()
            lead = form.between
        yield form.after.encode()


def batched(rows: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(rows, CHUNK)):
        yield batch
