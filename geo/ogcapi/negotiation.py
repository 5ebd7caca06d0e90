"""Content negotiation: a resource's own media type, or HTML."""

from collections.abc import Iterable, Mapping
from json import loads
from typing import Any

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

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
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
    """The document as an HTML page: the template gets it as `document`."""

    format = "html"

    def __init__(self, template: str) -> None:
        self.template_name = template

    def get_template_context(self, data: object, renderer_context: Mapping[str, Any]) -> dict:
        document = loads(data) if isinstance(data, bytes) else data
        view, request = renderer_context["view"], renderer_context["request"]
        return {
            "document": document,
            "json": with_parameters(request, request.query_params, f="json"),
        } | (view.html_context(document))


class FormatNegotiation(BaseContentNegotiation):
    """`f` chooses; without it clients that name HTML first, as browsers do, get HTML, others JSON.

    No `Accept` is refused (RFC 9110, 12.5.1): clients of the standard send whatever list of types
    they were written with, and a response that they may read serves them better than an error.
    """

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        requested = params.text(request.query_params, "f")
        renderers = list(renderers)
        first = request.headers.get("Accept", "").partition(",")[0].partition(";")[0].strip()
        if not requested and first in (HTML, "application/xhtml+xml"):
            renderers = sorted(renderers, key=lambda renderer: renderer.format != "html")
        for renderer in renderers:
            if requested in ("", renderer.format):
                return renderer, renderer.media_type
        forms = ", ".join(renderer.format for renderer in renderers)
        raise BadParameter("f", f"only {forms} is offered here")
