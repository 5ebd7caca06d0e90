"""Links of the service: absolute, with the host of the request."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise

JSON = "application/json"
GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
HTML = "text/html"
TILES = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"


def site(request: HttpRequest) -> str:
    """Return scheme and host, without a slash at the end."""
    return request.build_absolute_uri("/")[:-1]


def href(request: HttpRequest, name: str, *parts: object) -> str:
    """Return the absolute address of one of the service's own resources."""
    return request.build_absolute_uri(reverse(f"api:{name}", args=parts))


def link(rel: str, address: str, media: str, title: str | Promise) -> dict[str, object]:
    """Return a link object (RFC 8288 in JSON, as OGC API - Common writes it)."""
    return {"rel": rel, "href": address, "type": media, "title": title}


def with_parameters(request: HttpRequest, query: QueryDict, **changes: str) -> str:
    """Return the request's URL with the parameters of `query`, some of them changed."""
    query = query.copy()
    for name, value in changes.items():
        query[name] = value
    encoded = query.urlencode()
    return request.build_absolute_uri(request.path + (f"?{encoded}" if encoded else ""))


def html_alternate(address: str, title: str | Promise) -> dict[str, object]:
    """Return the link to the HTML page of a resource, which the standard requires beside `self`."""
    return link("alternate", f"{address}?f=html", HTML, title)
