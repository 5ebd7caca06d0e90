"""Arrows point one way: config -> hubs -> pledges -> geo, by import and by foreign key."""

import ast

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from geo.core.located import Located
from tests.project.tree import FOLDERS, LAYERS, files, imported, modules, name

APPS = {app.label: app.name for app in apps.get_app_configs() if app.name in LAYERS}


def place(dotted: str) -> int:
    """How high a module or app stands; those of others below all of ours."""
    of = [layer for layer in LAYERS if f"{dotted}.".startswith(f"{layer}.")]
    return LAYERS.index(max(of, key=len)) if of else -1


def test_imports_point_down():
    wrong = [
        f"{path} imports {target}"
        for path, tree in modules().items()
        for target in imported(tree)
        if place(target) > place(path.replace("/", "."))
    ]
    assert wrong == []


def test_nobody_imports_scripts_or_tests():
    wrong = [
        f"{path} imports {target}"
        for path, tree in modules().items()
        for target in imported(tree)
        if target.split(".")[0] in ("scripts", "tests")
    ]
    assert wrong == []


def test_imports_are_absolute_or_of_the_same_folder():
    """So that an arrow can be read where it stands."""
    wrong = [path for path, tree in modules().items() if any(t[:2] == ".." for t in imported(tree))]
    assert wrong == []


def test_imports_stand_at_the_top():
    """An import inside a function hides a circle."""
    wrong = [
        f"{path}: {node.name}"
        for path, tree in modules(*FOLDERS, "scripts").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and any(True for _ in imported(node))
    ]
    assert wrong == []


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in APPS]


def test_foreign_keys_point_down():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model  # a generic relation points at no table of its own
        and place(APPS.get(field.related_model._meta.app_label, ""))
        > place(APPS[model._meta.app_label])
    ]
    assert wrong == []


def test_migrations_depend_on_lower_layers_alone():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    wrong = [
        (key, needed)
        for key, migration in loader.disk_migrations.items()
        if key[0] in APPS
        for needed in migration.dependencies
        if place(APPS.get(needed[0], "")) > place(APPS[key[0]])
    ]
    assert wrong == []


def test_every_layer_is_seen():
    """None of the above passes because it looked at nothing."""
    assert {path.split("/")[0] for path in modules()} == set(FOLDERS)
    assert set(APPS.values()) == set(LAYERS) - {"config"}
    assert len(our_models()) > 15


@pytest.mark.django_db
def test_everything_on_the_map_keeps_its_index_in_metres():
    """A Meta that does not inherit Located.Meta loses it without a word."""
    located = [model for model in our_models() if issubclass(model, Located)]
    assert len(located) >= 3
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes where indexdef like '%::geography%'")
        there = {row[0] for row in cursor.fetchall()}
    wanted = {f"{m._meta.app_label}_{m._meta.model_name}_geog" for m in located}
    assert wanted <= there


# Where SQL is written by hand, and why it cannot be a QuerySet. A new place is a decision.
SQL = {
    "config/health.py": "asks whether PostGIS is there",
    "geo/areas/area_cache.py": "points in areas, without building queries",
    "geo/core/row_cache.py": "versions of rows",
    "geo/tiles/mvt.py": "has PostGIS encode vector tiles",
    "geo/basemap/files.py": "how the base layer's files are laid out",
    "geo/live/log_follower.py": "LISTEN, and the log, on a connection past Django",
    "geo/live/log.py": "the sequence of the log, under its lock",
    "geo/loaders/boundaries.py": "subdivides boundaries inside PostGIS",
    "geo/loaders/bulk_insert.py": "COPY, and indexes dropped and built",
    "geo/loaders/binary_copy.py": "COPY into a table beside, swapped in at the end",
    "geo/loaders/coverage.py": "compares areas with millions of postcodes",
    "geo/loaders/outcodes.py": "medians of postcodes",
    "geo/loaders/places.py": "a set-based join of places and districts",
    "geo/ogcapi/features.py": "GeoJSON written by PostGIS",
    "geo/core/timeouts.py": "settings of the database for one transaction",
    "geo/counts/fold.py": "the fold, one statement",
    "geo/counts/queue.py": "advisory locks",
    "geo/counts/rebuild.py": "replaces whole tables of counts, and compares them",
    "hubs/conversation/demo/seed.py": "COPY, and what belongs to all demo posts, set by set",
    "hubs/conversation/feed/rising.py": "ranks in places, set by set",
    "hubs/conversation/topics/terms.py": "words and pairs of words, unnested from the index",
    "hubs/conversation/topics/stems.py": "words and their stems as PostgreSQL parses them",
    "pledges/pledging/actions.py": "takes the next number of a pledge",
    "pledges/aggregates/hours.py": "short ranges of an index, by LATERAL",
    "pledges/map/boxes.py": "short ranges of an index, by LATERAL",
    "pledges/word_bitmaps/build.py": "COPY out and in, and counts in numpy between",
    "pledges/word_bitmaps/query.py": "bits of a whole layer, joined and counted in one statement",
    "pledges/word_bitmaps/store.py": "bits written set by set, and pg_stats",
    "pledges/demo/belonging.py": "likes, joins and stories of demo pledges, set by set",
    "pledges/demo/seed.py": "COPY, and arrays of postcodes by outcode",
    "pledges/feed/index_scan.py": "the first that pass, or of each facet or day, by LATERAL",
    "pledges/feed/spelling.py": "words counted by ts_stat",
    "pledges/accounts/rate_limits.py": "counts and reads back in one statement, exact at once",
    "pledges/map/pyramid.py": "a whole tile by one statement",
}
BY_HAND = {"execute", "executemany", "copy_expert", "raw", "extra", "RawSQL", "cursor"}


def writes_sql(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in BY_HAND)
            or (isinstance(node.func, ast.Name) and node.func.id in BY_HAND)
        )
        for node in ast.walk(tree)
    )


def test_sql_by_hand_stands_in_known_places():
    found = {path for path, tree in modules().items() if writes_sql(tree)}
    assert {path for path in found if "/migrations/" not in path} == set(SQL)


def test_every_module_says_what_it_is_for():
    silent = [
        name(path)
        for path in files(".py")
        if path.read_text(encoding="utf-8").strip()
        and path.name not in ("__init__.py", "apps.py", "manage.py")
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    # A command says it by its `help`.
    others = [path for path in silent if "/migrations/" not in path and "/commands/" not in path]
    assert others == []
