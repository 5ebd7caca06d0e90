"""Addresses of the service, for whatever layers are handed in."""

from django.urls import URLPattern, path

from geo.ogcapi import changes, items, views
from geo.ogcapi.export import streams
from geo.ogcapi.layers import Layers


def routes(layers: Layers) -> tuple[list[URLPattern], str]:
    """Return what django.urls.include takes: the addresses, and their namespace."""
    here = "collections/<str:name>"
    resources = [
        ("", views.Landing, "landing"),
        ("conformance", views.Conformance, "conformance"),
        ("openapi", views.OpenApi, "openapi"),
        ("docs", views.Docs, "docs"),
        ("collections", views.Collections, "collections"),
        ("changes", changes.Changes, "changes"),
        (here, views.Collection, "collection"),
        (f"{here}/schema", views.Schema, "schema"),
        (f"{here}/queryables", views.Queryables, "queryables"),
        (f"{here}/tiles.json", views.Tiles, "tiles"),
        (f"{here}/export.<slug:form>", streams.Export, "export"),
        (f"{here}/items", items.Items, "items"),
        (f"{here}/items/<str:key>", items.Item, "item"),
    ]
    return [path(at, view.as_view(layers=layers), name=name) for at, view, name in resources], "api"
