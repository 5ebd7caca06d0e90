"""Whole collections as files: streamed from one cursor in one transaction, in constant memory."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from rest_framework.request import Request

from geo.errors import NotFound
from geo.ogc import links
from geo.ogc.forms import FORMS, Form
from geo.ogc.query import ItemsQuery
from geo.ogc.views import OPEN_TO_ALL, Resource
from geo.reads import bounded

CHUNK = 2000  # features fetched at a time, and sent together
PATIENCE = 60_000  # milliseconds that a chunk may cost the database


class Export(Resource):
    """All features that pass the filters, as one file."""

    reads = ()

    def get(self, request: Request, name: str, form: str) -> HttpResponseBase:
        layer = self.layer(name)
        if form not in FORMS:
            raise NotFound(f"There is no such form. There are: {', '.join(FORMS)}.")
        with bounded():
            query = ItemsQuery.parse(layer, request.query_params)
            shape, site = FORMS[form], links.site(request)
            rows = query.filters.apply(layer.rows()).order_by(*layer.order)
            written = rows.annotate(written=shape.row(layer, site, query))
            demo = layer.demo()
        response = StreamingHttpResponse(
            stream(written.values_list("written", flat=True), shape, shape.before(layer, query)),
            content_type=f"{shape.media}; charset=utf-8" if form == "csv" else shape.media,
            headers={**OPEN_TO_ALL, "Cache-Control": "no-store"},
        )
        marked = f"{name}-demo" if demo else name
        response["Content-Disposition"] = f'attachment; filename="{marked}.{form}"'
        if form != "csv":
            response["Content-Crs"] = f"<{query.crs.uri}>"
        return response


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
