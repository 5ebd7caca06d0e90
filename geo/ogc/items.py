"""Features of a collection: lists written by PostGIS, single ones by the serializer."""

import datetime
import json

from rest_framework.request import Request

from geo import params
from geo.errors import NotFound
from geo.layers import Layer, Page
from geo.ogc import features, links, pages
from geo.ogc.negotiation import GeoJsonRenderer
from geo.ogc.query import ItemsQuery, only_crs84
from geo.ogc.views import Resource


class Items(Resource):
    """A page of features. A fixed number of queries, whatever the size of the page."""

    renderer_classes = [GeoJsonRenderer]
    reads = ()  # the layer's own filters decide which parameters there are

    def document(self, request: Request, name: str) -> bytes:
        layer = self.layer(name)
        query = ItemsQuery.parse(layer, request.query_params)
        page = pages.page(layer, query.filters, query.limit, query.cursor)
        written = features.write(layer, page.keys, links.site(request))
        head = _head(request, layer, page, pages.count(layer, query.filters), len(written))
        opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
        return f'{opening}, "features": [{",".join(written)}]}}'.encode()


def _head(
    request: Request, layer: Layer, page: Page, matched: int | None, returned: int
) -> dict[str, object]:
    """Return what stands beside the features (OGC API - Features, 7.15 and 7.16)."""
    query, title = request.query_params, str(layer.title)
    around = [links.link("self", links.again(request, query), links.GEOJSON, title)]
    for rel, word in (("next", page.next), ("prev", page.prev)):
        if word is not None:
            address = links.again(request, query, cursor=word)
            around.append(links.link(rel, address, links.GEOJSON, title))
    collection = links.href(request, "collection", layer.name)
    around.append(links.link("collection", collection, links.JSON, title))
    head: dict[str, object] = {"type": "FeatureCollection"}
    if matched is not None:
        head["numberMatched"] = matched
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {**head, "numberReturned": returned, "timeStamp": now, "links": around}


class Item(Resource):
    renderer_classes = [GeoJsonRenderer]
    reads = ("f", "crs")

    def document(self, request: Request, name: str, key: str) -> dict:
        layer = self.layer(name)
        only_crs84(request.query_params)
        found = layer.find(layer.rows(), params.text({"id": key}, "id"))
        if found is None:
            raise NotFound("There is no such feature in this collection.")
        feature = layer.serializer(found, context={"site": links.site(request)}).data
        title = str(layer.title)
        feature["links"] = [
            links.link("self", links.href(request, "item", name, key), links.GEOJSON, str(found)),
            links.link("collection", links.href(request, "collection", name), links.JSON, title),
        ]
        return feature
