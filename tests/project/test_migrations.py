"""The database that migrations make is the one that models and .sql files declare."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.project.test_layers import our_models
from tests.project.tree import FOLDERS

SQL = [path for folder in FOLDERS for path in sorted((settings.BASE_DIR / folder).rglob("*.sql"))]
DECLARED = re.compile(r"^create or replace (function|trigger) (\w+)", re.MULTILINE)
# Dropped by a migration that says why: the model cannot say that it wants none.
NOT_WANTED = "create index geo_postcode_code_3bd2094d_like "

FUNCTIONS = """
select p.proname, pg_get_functiondef(p.oid)
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = %s and not exists (
    select from pg_depend d where d.objid = p.oid and d.deptype = 'e'
)"""
TRIGGERS = """
select t.tgname, pg_get_triggerdef(t.oid)
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal and n.nspname = 'public'"""
COLUMNS = """
select c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then 'not null' end, a.attidentity, a.attgenerated,
    case when a.attcollation <> t.typcollation then a.attcollation::regcollation end,
    pg_get_expr(d.adbin, d.adrelid))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relkind = 'r' and n.nspname = %s and c.relname = any (%s)"""
INDEXES = (
    "select indexname, indexdef from pg_indexes where schemaname = %s and tablename = any (%s)"
)
CONSTRAINTS = """
select c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
from pg_constraint k join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %s and c.relname = any (%s)"""


def rows(query: str, *values) -> dict[str, str]:
    """Return definitions by name, without the schema in which they stand."""
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        found = cursor.fetchall()
    assert len(found) == len(dict(found))
    return {name: re.sub(r"\b(public|declared)\.", "", text) for name, text in found}


def declared(kind: str) -> list[str]:
    found = [match for path in SQL for match in DECLARED.findall(path.read_text(encoding="utf-8"))]
    return sorted(name for of, name in found if of == kind)


@pytest.fixture
def beside(db):
    """A schema of its own, rolled back, in which what is declared is made once more."""
    with connection.cursor() as cursor:
        cursor.execute("create schema declared")
        cursor.execute("set local search_path to declared, public")


@pytest.mark.parametrize("kind", ["function", "trigger"])
def test_every_function_and_trigger_is_declared_once(kind):
    names = declared(kind)
    assert len(names) > 20
    assert [name for name, n in Counter(names).items() if n > 1] == []


@pytest.mark.django_db
def test_sql_files_declare_the_functions_and_triggers_of_the_database():
    assert sorted(rows(FUNCTIONS, "public")) == declared("function")
    assert sorted(rows(TRIGGERS)) == declared("trigger")


def test_functions_and_triggers_are_those_of_the_sql_files(beside):
    """No later migration defines another than the file that it should have run again."""
    functions, triggers = rows(FUNCTIONS, "public"), rows(TRIGGERS)
    with connection.cursor() as cursor:
        for name, text in triggers.items():
            table = re.search(r" ON (\w+) ", text)[1]
            cursor.execute(f"drop trigger {name} on {table}")
        for path in SQL:
            cursor.execute(path.read_text(encoding="utf-8").replace("%", "%%"), [])
    assert rows(FUNCTIONS, "declared") == functions
    assert rows(TRIGGERS) == triggers


def test_nothing_else_writes_functions_or_triggers():
    """Each stands in an .sql file, not in a migration or beside a query."""
    writes = re.compile(r"create (or replace )?(function|trigger) ", re.IGNORECASE)
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if writes.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_tables_are_those_of_the_models(beside):
    """Columns, indexes and constraints, by name and definition."""
    tables = [m._meta.db_table for m in our_models() if m._meta.managed]
    assert len(tables) > 50
    with connection.schema_editor() as editor:
        for model in our_models():
            if not model._meta.auto_created:  # tables between two models come with one of them
                editor.create_model(model)
    for query in (COLUMNS, INDEXES, CONSTRAINTS):
        made, wanted = rows(query, "public", tables), rows(query, "declared", tables)
        wanted = {k: v for k, v in wanted.items() if not v.lower().startswith(NOT_WANTED)}
        assert made == wanted
        assert len(made) > len(tables)


def test_no_table_is_of_a_model_that_is_gone(db):
    labels = {model._meta.app_label for model in our_models()}
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    there = {table for table in connection.introspection.table_names() if "_" in table}
    assert {table for table in there if table.split("_")[0] in labels} <= tables
