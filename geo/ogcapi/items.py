"""Features of a collection: lists written by PostGIS, single ones by the serializer."""

import json

from rest_framework.request import Request

from geo.core import keyset, params
from geo.core.errors import NotFound
from geo.core.filters import Filters
from geo.core.keyset import Page
from geo.ogcapi import crs, features, html, links
from geo.ogcapi.layers import Layer
from geo.ogcapi.negotiation import GeoJsonRenderer
from geo.ogcapi.query import ItemsQuery
from geo.ogcapi.views import Resource


class Items(Resource):
    """A page of features. A fixed number of queries, whatever the size of the page."""

    renderer_classes = [GeoJsonRenderer]
    parameters = None  # the layer's own filters decide which parameters there are
    template = "geo/ogcapi/items.html"

    def document(self, request: Request, name: str) -> bytes:
        layer = self.layer(name)
        query = ItemsQuery.parse(layer, request.query_params)
        page = _page(layer, query)
        site = links.site(request)
        written = features.write(layer, page.items, site, query.crs, query.properties)
        head = _head(request, layer, page, _count(layer, query.filters), len(written))
        opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
        self.headers["Content-Crs"] = f"<{query.crs.uri}>"
        return f'{opening}, "features": [{",".join(written)}]}}'.encode()

    def html_context(self, document: dict) -> dict:
        layer, query = self.layer(self.kwargs["name"]), self.request.query_params.copy()
        query.pop("crs", None)  # the map is in degrees
        address = links.with_parameters(self.request, query, f="json")
        pages = {link["rel"]: link["href"] for link in document["links"]}
        return {
            "layer": layer,
            "pages": pages,
            "map": html.map_of(address),
            "table": html.table(layer, document["features"]),
        }


def _page(layer: Layer, query: ItemsQuery) -> Page[int]:
    """Return the keys of the page that the query's cursor begins (empty: the first one)."""
    if layer.page:
        return layer.page(query.filters, query.limit, query.cursor)
    rows = query.filters.apply(layer.rows())
    return keyset.key_page(rows, layer.order, query.limit, query.cursor, layer.name)


def _count(layer: Layer, filters: Filters) -> int | None:
    """Return numberMatched, or None where there are more than the layer counts."""
    if layer.count:
        return layer.count(filters)
    return filters.apply(layer.rows()).order_by().count()


def _head(
    request: Request, layer: Layer, page: Page, matched: int | None, returned: int
) -> dict[str, object]:
    """Return the members beside the features (OGC API - Features, 7.15 and 7.16).

    Without the optional `timeStamp`: what has not changed has the same bytes and ETag, whichever
    process answers.
    """
    query, title = request.query_params, str(layer.title)
    here = links.with_parameters(request, query)
    page_links = [links.link("self", here, links.GEOJSON, title)]
    as_html = links.with_parameters(request, query, f="html")
    page_links.append(links.link("alternate", as_html, links.HTML, title))
    for rel, word in (("next", page.next), ("prev", page.prev)):
        if word is not None:
            address = links.with_parameters(request, query, cursor=word)
            page_links.append(links.link(rel, address, links.GEOJSON, title))
    collection = links.href(request, "collection", layer.name)
    page_links.append(links.link("collection", collection, links.JSON, title))
    head: dict[str, object] = {"type": "FeatureCollection"}
    if matched is not None:
        head["numberMatched"] = matched
    return {**head, "numberReturned": returned, "links": page_links}


class Item(Resource):
    renderer_classes = [GeoJsonRenderer]
    parameters = ("f", "crs")
    template = "geo/ogcapi/item.html"

    def document(self, request: Request, name: str, key: str) -> dict:
        layer = self.layer(name)
        requested = crs.from_parameter(request.query_params, "crs")
        found = layer.find(layer.rows(), params.text({"id": key}, "id"))
        if found is None:
            raise NotFound("There is no such feature in this collection.")
        site = links.site(request)
        if requested == crs.CRS84:
            feature = layer.serializer(found, context={"site": site}).data
        else:
            feature = json.loads(features.write(layer, [found.pk], site, requested)[0])
        self.headers["Content-Crs"] = f"<{requested.uri}>"
        title = str(layer.title)
        address = links.href(request, "item", name, key)
        feature["links"] = [
            links.link("self", address, links.GEOJSON, str(found)),
            links.html_alternate(address, str(found)),
            links.link("collection", links.href(request, "collection", name), links.JSON, title),
        ]
        return feature

    def html_context(self, document: dict) -> dict:
        layer = self.layer(self.kwargs["name"])
        named = html.titles(layer)
        address = links.href(self.request, "item", layer.name, self.kwargs["key"])
        return {
            "layer": layer,
            "map": html.map_of(f"{address}?f=json"),
            "properties": [(named[name], value) for name, value in document["properties"].items()],
        }
