"""Addresses of the service."""

from django.urls import path

from geo.ogcapi import changes, items, views
from geo.ogcapi.export import streams

app_name = "api"
HERE = "collections/<str:name>"
RESOURCES = [
    ("", views.Landing, "landing"),
    ("conformance", views.Conformance, "conformance"),
    ("openapi", views.OpenApi, "openapi"),
    ("docs", views.Docs, "docs"),
    ("collections", views.Collections, "collections"),
    ("changes", changes.Changes, "changes"),
    (HERE, views.Collection, "collection"),
    (f"{HERE}/schema", views.Schema, "schema"),
    (f"{HERE}/queryables", views.Queryables, "queryables"),
    (f"{HERE}/tiles.json", views.Tiles, "tiles"),
    (f"{HERE}/export.<slug:form>", streams.Export, "export"),
    (f"{HERE}/items", items.Items, "items"),
    (f"{HERE}/items/<str:key>", items.Item, "item"),
]
urlpatterns = [path(at, view.as_view(), name=name) for at, view, name in RESOURCES]
