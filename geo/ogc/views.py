"""The service's own resources: landing page, conformance, API definition, collections."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo import params
from geo.errors import NotFound
from geo.layers import Layer, Layers
from geo.ogc import collections, links, openapi, schema
from geo.ogc.negotiation import ByFormat, HtmlRenderer, OpenApiRenderer, SchemaRenderer
from geo.reads import bounded

CONFORMANCE = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
]
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class Resource(APIView):
    """One resource: `document` answers its content, within the time that one answer may take."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = ByFormat
    layers = Layers()
    reads: tuple[str, ...] = ("f",)

    def get(self, request: Request, **named: str) -> Response:
        if self.reads:
            params.reject_unknown(request.query_params, self.reads)
        with bounded():
            return Response(self.document(request, **named))

    def document(self, request: Request, **named: str) -> object:
        raise NotImplementedError

    def options(self, request: Request, **named: str) -> HttpResponse:
        return HttpResponse(status=204)

    def layer(self, name: str) -> Layer:
        if name not in self.layers:
            raise NotFound(f"There is no such collection. There are: {', '.join(self.layers)}.")
        return self.layers[name]

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {**super().default_response_headers, **OPEN_TO_ALL}

    def http_method_not_allowed(self, request: HttpRequest, **named: str) -> HttpResponse:
        return HttpResponseNotAllowed(self.allowed_methods)

    def handle_exception(self, exc: Exception) -> None:
        # The project has one table of errors and one shape for them, outside the framework.
        raise exc


class Landing(Resource):
    def document(self, request: Request) -> dict:
        definition = links.href(request, "openapi")
        return {
            "title": title(),
            "description": description(),
            "links": [
                links.link("self", links.href(request, "landing"), links.JSON, title()),
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
        params.reject_unknown(request.query_params, self.reads)
        with bounded():
            layers = [(each, openapi.filters(each)) for each in self.layers.values()]
        landing = links.href(request, "landing").removesuffix("/")
        context = {"layers": layers, "shared": openapi.explained(), "landing": landing}
        return Response(context, template_name="api/docs.html")


class Collections(Resource):
    def document(self, request: Request) -> dict:
        address = links.href(request, "collections")
        return {
            "links": [links.link("self", address, links.JSON, _("Collections"))],
            "collections": [collections.describe(request, each) for each in self.layers.values()],
        }


class Collection(Resource):
    def document(self, request: Request, name: str) -> dict:
        return collections.describe(request, self.layer(name))


class Schema(Resource):
    renderer_classes = [SchemaRenderer]

    def document(self, request: Request, name: str) -> dict:
        return schema.feature_schema(self.layer(name), links.href(request, "schema", name))


class Queryables(Resource):
    renderer_classes = [SchemaRenderer]

    def document(self, request: Request, name: str) -> dict:
        return schema.queryables(self.layer(name), links.href(request, "queryables", name))


def title() -> str:
    return _("Changemap: pledges for better health and care")


def description() -> str:
    return _("Pledges, organisations, hubs, regions and districts of the United Kingdom.")
