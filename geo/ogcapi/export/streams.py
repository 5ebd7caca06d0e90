"""Whole collections as files: streamed from one cursor in one transaction, in constant memory.

Forms that cannot be streamed are made by the worker beforehand: see `geo.ogcapi.export.files`.
"""

from collections.abc import Iterator
from itertools import islice

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
from geo.ogcapi.export.formats import FORMS, Form
from geo.ogcapi.export.geofiles import FILE_FORMS
from geo.ogcapi.export.models import BuiltFile
from geo.ogcapi.layers import Layer
from geo.ogcapi.query import ItemsQuery
from geo.ogcapi.views import OPEN_TO_ALL, Resource

CHUNK = 2000  # features fetched at a time, and sent together
PATIENCE = 60_000  # milliseconds that a chunk may cost the database


class Export(Resource):
    """All features that pass the filters, as one file."""

    reads = ()

    def get(self, request: Request, name: str, form: str) -> HttpResponseBase:
        layer = self.layer(name)
        if form in FILE_FORMS:
            return whole(request, layer, form)
        if form not in FORMS:
            forms = ", ".join((*FORMS, *FILE_FORMS))
            raise NotFound(f"There is no such form. There are: {forms}.")
        with bounded():
            query = ItemsQuery.parse(layer, request.query_params)
            shape, site = FORMS[form], links.site(request)
            rows = query.filters.apply(layer.rows()).order_by(*layer.order)
            written = rows.annotate(written=shape.row(layer, site, query))
            demo = layer.demo()
        lines = stream(written.values_list("written", flat=True), shape, shape.before(layer, query))
        response = StreamingHttpResponse(
            # To HEAD nobody reads the body, and the rows would be read for nothing.
            () if request.method == "HEAD" else lines,
            content_type=f"{shape.media}; charset=utf-8" if form == "csv" else shape.media,
            headers={**OPEN_TO_ALL, "Cache-Control": "no-store"},
        )
        response["Content-Disposition"] = disposition(name, form, demo)
        if form != "csv":
            response["Content-Crs"] = f"<{query.crs.uri}>"
        return response


def disposition(name: str, form: str, demo: bool) -> str:
    return f'attachment; filename="{name}{"-demo" if demo else ""}.{form}"'


def whole(request: Request, layer: Layer, form: str) -> HttpResponseBase:
    """Answer the file that the worker made, in part if so asked; 202 until there is one."""
    if request.query_params:
        streamed = ", ".join(FORMS)
        name = params.clean(next(iter(request.query_params)))[:40]
        reason = f"this form is of whole collections alone; {streamed} take filters"
        raise BadParameter(name, reason)
    row = files.offered(layer, form)
    if row.made_at is None:
        return later(row)
    tag, modified = f'"{row.digest[:32]}"', int(row.made_at.timestamp())
    described = {
        **OPEN_TO_ALL,
        "ETag": tag,
        "Last-Modified": http_date(modified),
        "Cache-Control": "no-cache",
    }
    response = get_conditional_response(request, etag=tag, last_modified=modified)
    if response is None:
        try:
            file = row.file.open()
        except FileNotFoundError:  # the next one has just taken its place
            return later(row)
        response = http_ranges.answer(request, file, row.size, tag, modified)
    if response.status_code < 300:
        response["Content-Type"] = FILE_FORMS[form].media
        response["Content-Disposition"] = disposition(layer.name, form, row.demo)
    for header, value in described.items():
        response[header] = value
    return response


def later(row: BuiltFile) -> HttpResponse:
    told = {
        "code": "being-made",
        "description": _("This file is being made. Please ask again in a minute."),
    }
    headers = {**OPEN_TO_ALL, "Retry-After": str(files.wait(row)), "Cache-Control": "no-store"}
    return JsonResponse(told, status=202, headers=headers)


def stream(rows: QuerySet, form: Form, before: str) -> Iterator[bytes]:
    """Write rows as they come from a cursor of the server's, inside one transaction."""
    with bounded(PATIENCE):
        yield before.encode()
        lead = form.first
        for batch in batched(rows.iterator(chunk_size=CHUNK)):
            yield (lead + form.between.join(batch)).encode()
            lead = form.between
        yield form.after.encode()


def batched(rows: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(rows, CHUNK)):
        yield batch
