"""Which form an answer takes: the one its resource has, said by its media type."""

from collections.abc import Sequence
from json import loads

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer, TemplateHTMLRenderer
from rest_framework.request import Request

from geo.core import params
from geo.core.errors import BadParameter
from geo.ogcapi import links
from geo.ogcapi.links import HTML, with_parameters


class GeoJsonRenderer(JSONRenderer):
    """Features, and lists that PostGIS has already written."""

    media_type = links.GEOJSON

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        if isinstance(data, bytes):
            return data
        return super().render(data, accepted_media_type, renderer_context)


class SchemaRenderer(JSONRenderer):
    media_type = links.SCHEMA


class OpenApiRenderer(JSONRenderer):
    media_type = links.OPENAPI


class HtmlRenderer(TemplateHTMLRenderer):
    format = "html"


class DocumentHtmlRenderer(TemplateHTMLRenderer):
    """The same document for people: a template that is given it as `document`."""

    format = "html"

    def __init__(self, template: str) -> None:
        self.template_name = template

    def get_template_context(self, data: object, renderer_context: dict) -> dict:
        document = loads(data) if isinstance(data, bytes) else data
        view, request = renderer_context["view"], renderer_context["request"]
        return {
            "document": document,
            "json": with_parameters(request, request.query_params, f="json"),
        } | (view.html_context(document))


class FormatNegotiation(BaseContentNegotiation):
    """`f` chooses; without it HTML goes to who names it first, as browsers do, and JSON to others.

    `Accept` is not held against a client (RFC 9110, 12.5.1). Clients of the standard send whatever
    list of types they were written with: an answer they may read serves them better than a refusal.
    """

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        requested = params.text(request.query_params, "f")
        first = request.headers.get("Accept", "").partition(",")[0].partition(";")[0].strip()
        if not requested and first in (HTML, "application/xhtml+xml"):
            renderers = sorted(renderers, key=lambda renderer: renderer.format != "html")
        for renderer in renderers:
            if requested in ("", renderer.format):
                return renderer, renderer.media_type
        forms = ", ".join(renderer.format for renderer in renderers)
        raise BadParameter("f", f"only {forms} is offered here")
