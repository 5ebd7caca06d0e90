"""The service's own resources: landing page, conformance, API definition, collections."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo.core import params
from geo.core.errors import NotFound
from geo.core.timeouts import bounded
from geo.ogcapi import collections, links, openapi
from geo.ogcapi.layers import Layer, Layers, published_layers
from geo.ogcapi.negotiation import (
    DocumentHtmlRenderer,
    FormatNegotiation,
    HtmlRenderer,
    OpenApiRenderer,
    SchemaRenderer,
)

FEATURES, CQL2 = (
    f"http://www.opengis.net/spec/{part}/conf/" for part in ("ogcapi-features-{}/1.0", "cql2/1.0")
)
CONFORMANCE = [
    *(FEATURES.format(1) + name for name in ("core", "geojson", "html", "oas30")),
    FEATURES.format(2) + "crs",
    *(FEATURES.format(3) + name for name in ("queryables", "filter", "features-filter")),
    *(CQL2 + name for name in ("cql2-text", "basic-cql2", "advanced-comparison-operators")),
    *(CQL2 + name for name in ("case-insensitive-comparison", "basic-spatial-functions")),
]
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Content-Crs, Content-Length, Content-Range, Accept-Ranges, Retry-After"
    ),
    "Access-Control-Max-Age": "86400",
}


class Resource(APIView):
    """One resource: `document` returns its content, within the time limit of one response.

    With a `template` it has an HTML page as well, rendered from the same document. `parameters`
    are those that it reads; with None it checks them itself.
    """

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = FormatNegotiation
    parameters: tuple[str, ...] | None = ("f",)
    template = ""

    @property
    def layers(self) -> Layers:
        return published_layers()

    def get_renderers(self) -> list[BaseRenderer]:
        found = super().get_renderers()
        return [*found, DocumentHtmlRenderer(self.template)] if self.template else found

    def get(self, request: Request, *args: Any, **named: Any) -> HttpResponseBase:
        if self.parameters is not None:
            params.reject_unknown(request.query_params, self.parameters)
        with bounded(helpers=False):
            return Response(self.document(request, **named))

    def document(self, request: Request, *args: Any, **named: Any) -> object:
        raise NotImplementedError

    def html_context(self, document: dict) -> dict:
        """Return the context of the HTML page, beside the document."""
        return {}

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Set a strong ETag once the response is rendered; 304 where the client has it."""
        made = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(made, Response):
            made["Vary"] = "Accept, Accept-Language"
            made.add_post_render_callback(lambda rendered: with_etag(request, rendered))
        return made

    def options(self, request: Any, *args: Any, **named: Any) -> Any:
        return HttpResponse(status=204)

    def layer(self, name: str) -> Layer:
        if name not in self.layers:
            raise NotFound(f"There is no such collection. There are: {', '.join(self.layers)}.")
        return self.layers[name]

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {**super().default_response_headers, **CORS_HEADERS}

    def http_method_not_allowed(self, request: Any, *args: Any, **named: Any) -> Any:
        return HttpResponseNotAllowed(self.allowed_methods)

    def handle_exception(self, exc: Exception) -> NoReturn:
        # The project has one table of errors and one shape for them, outside the framework.
        raise exc


def with_etag(request: HttpRequest, response: Response) -> HttpResponse:
    """Answer If-None-Match; the tag is a strong one, a digest of the whole content."""
    if response.status_code != HTTPStatus.OK:
        return response
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = "no-cache"  # store it, but revalidate
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    for name, value in CORS_HEADERS.items():  # a 304 starts without them
        answer[name] = value
    return answer


class Landing(Resource):
    template = "geo/ogcapi/landing.html"

    def document(self, request: Request) -> dict:
        definition = links.href(request, "openapi")
        return {
            "title": title(),
            "description": description(),
            "links": [
                links.link("self", links.href(request, "landing"), links.JSON, title()),
                links.html_alternate(links.href(request, "landing"), title()),
                links.link("service-desc", definition, links.OPENAPI, _("API definition")),
                links.link(
                    "service-doc", links.href(request, "docs"), links.HTML, _("How to use it")
                ),
                links.link(
                    "conformance", links.href(request, "conformance"), links.JSON, _("Conformance")
                ),
                links.link(
                    "data", links.href(request, "collections"), links.JSON, _("Collections")
                ),
            ],
        }


class Conformance(Resource):
    template = "geo/ogcapi/conformance.html"

    def document(self, request: Request) -> dict:
        return {"conformsTo": CONFORMANCE}


class OpenApi(Resource):
    renderer_classes = [OpenApiRenderer]

    def document(self, request: Request) -> dict:
        address = links.href(request, "landing").removesuffix("/")
        return openapi.document(self.layers, title(), description(), address)


class Docs(Resource):
    """The same definition, for people."""

    renderer_classes = [HtmlRenderer]

    def get(self, request: Request) -> Response:
        params.reject_unknown(request.query_params, ("f",))
        with bounded():
            layers = [(each, openapi.filters(each)) for each in self.layers.values()]
        landing = links.href(request, "landing").removesuffix("/")
        context = {"layers": layers, "shared": openapi.explained(), "landing": landing}
        return Response(context, template_name="geo/ogcapi/docs.html")


class Collections(Resource):
    template = "geo/ogcapi/collections.html"

    def document(self, request: Request) -> dict:
        address = links.href(request, "collections")
        return {
            "links": [
                links.link("self", address, links.JSON, _("Collections")),
                links.html_alternate(address, _("Collections")),
            ],
            "collections": [collections.describe(request, each) for each in self.layers.values()],
        }


class Collection(Resource):
    template = "geo/ogcapi/collection.html"

    def document(self, request: Request, name: str) -> dict:
        return collections.describe(request, self.layer(name))


class Schema(Resource):
    renderer_classes = [SchemaRenderer]

    def document(self, request: Request, name: str) -> dict:
        return collections.feature_schema(self.layer(name), links.href(request, "schema", name))


class Queryables(Resource):
    renderer_classes = [SchemaRenderer]

    def document(self, request: Request, name: str) -> dict:
        return collections.queryables_schema(
            self.layer(name), links.href(request, "queryables", name)
        )


class Tiles(Resource):
    """TileJSON 3.0 of the collection's vector tiles."""

    def document(self, request: Request, name: str) -> dict:
        layer = self.layer(name)
        if layer.cluster is None:
            raise NotFound("This collection has no tiles.")
        return collections.tilejson(request, layer)


def title() -> str:
    return _("Changemap: pledges for better health and care")


def description() -> str:
    return _("Pledges, organisations, hubs, regions and districts of the United Kingdom.")
