"""What is queued to be counted says which pledge it is about, so that the fold can tell of it.

A pledge's own row carries its number, and so do a join, a like, a story, what is done of them. What
moves along with a pledge carries none: the pledge is told of already. Published words and days that
nothing counts are queued with sign 0, to be told alone; so is a pledge whose organisation is called
something else.
"""

from django.db import migrations

COLUMNS = "layer, sign, region, district, day, shown, facet, part, owner"
PLACE = "coalesce({0}.region_id, 0), coalesce({0}.district_id, 0)"
FACTS = "{0}.show, {0}.facet, {0}.theme_id, {0}.organisation_id"
DAY = "timezone('Europe/London', {})::date"

# Layer, table, moment, when a row counts.
ROWS = (
    (3, "pledges_join", "created_at", "true"),
    (7, "pledges_join", "done_at", "{0}.done_at is not null"),
    (4, "pledges_like", "created_at", "true"),
    (5, "pledges_story", "created_at", "{0}.held_at is null and {0}.hidden_at is null"),
)
TABLES = ("pledges_join", "pledges_like", "pledges_story")
# What else than its moment makes a row of the table count, or not.
WATCHED = {
    "pledges_join": "(r.pledge_id, r.created_at, r.done_at)",
    "pledges_like": "(r.pledge_id, r.created_at)",
    "pledges_story": "(r.pledge_id, r.created_at, r.held_at, r.hidden_at)",
}


def entries(layer: int, sign: int, pledge: str, moment: str, key: str = "") -> str:
    place, facts = PLACE.format(pledge), FACTS.format(pledge)
    told = f", {key}::text" if key else ""
    return f"select {layer}, {sign}, {place}, {DAY.format(moment)}, {facts}{told}"


def of_rows(table: str, sign: int, rows: str, condition: str = "true") -> str:
    """Queue what the rows of a transition table count for, by their pledges as they are now."""
    return "\n".join(
        f"insert into geo_change ({COLUMNS}, key) {entries(layer, sign, 'p', f'r.{moment}', 'p.id')}"
        f" from {rows} r join pledges_pledge p on p.id = r.pledge_id"
        f" where p.public and {when.format('r')} and {condition};"
        for layer, of, moment, when in ROWS
        if of == table
    )


def lock(rows: str) -> str:
    return (
        "perform from pledges_pledge where id in"
        f" (select pledge_id from {rows}) order by id for share;"
    )


def anew(statements: str) -> str:
    """Have each statement planned when it runs: a kept plan is that of an update of one row."""
    return "\n".join(f"execute $q$ {each} $q$;" for each in statements.split(";") if each.strip())


def row_functions(table: str) -> str:
    watched = WATCHED[table]
    differs = f"{watched} is distinct from {watched.replace('r.', 'o.')}"
    now = f"exists (select from before_rows o where o.id = r.id and {differs})"
    was = f"exists (select from after_rows o where o.id = r.id and {differs})"
    return f"""
create or replace function {table}_added() returns trigger language plpgsql as $$ begin
    {lock("after_rows")}
    {of_rows(table, 1, "after_rows")}
    return null;
end $$;

create or replace function {table}_removed() returns trigger language plpgsql as $$ begin
    {lock("before_rows")}
    {of_rows(table, -1, "before_rows")}
    return null;
end $$;

create or replace function {table}_changed() returns trigger language plpgsql as $$ begin
    {lock("before_rows")}
    {lock("after_rows")}
    {anew(of_rows(table, -1, "before_rows", was))}
    {anew(of_rows(table, 1, "after_rows", now))}
    return null;
end $$;
"""


PLEDGE = "layer, sign, morton, region, district, day, shown, facet, part, owner, key"
OWN = f"r.morton, {PLACE.format('r')}, r.day, {FACTS.format('r')}, r.id::text"
COUNTED = (
    "(r.public, r.morton, r.region_id, r.district_id, r.day, r.show, r.facet, r.organisation_id,"
    " r.text, r.display_name)"
)
# What is published of a pledge beside that.
TOLD = "(r.team, r.due, r.outcode, r.demo, r.created_at)"
# What of a pledge its joins, likes and stories are counted by.
SHARED = "(r.public, r.region_id, r.district_id, r.facet, r.organisation_id)"


def differ(columns: str) -> str:
    return f"{columns} is distinct from {columns.replace('r.', 'o.')}"


DONE = f"({SHARED[1:-1]}, r.done_at)"


def done(sign: int, rows: str, condition: str = "true") -> str:
    return (
        f"insert into geo_change ({COLUMNS}, key) {entries(6, sign, 'r', 'r.done_at', 'r.id')}"
        f" from {rows} r where r.public and r.done_at is not null and {condition};"
    )


def belongings(sign: int, rows: str, condition: str = "true") -> str:
    """Queue all that belongs to the pledges of a transition table, by the pledges as in there."""
    return "\n".join(
        f"insert into geo_change ({COLUMNS}) {entries(layer, sign, 'r', f'c.{moment}')}"
        f" from {rows} r join {table} c on c.pledge_id = r.id"
        f" where r.public and {when.format('c')} and {condition};"
        for layer, table, moment, when in ROWS
    )


def against(other: str, differs: str) -> str:
    return f"exists (select from {other} o where o.id = r.id and {differs})"


OWN_CHANGED = f"""
insert into geo_change ({PLEDGE})
select 1, -1, {OWN} from before_rows r join after_rows o using (id)
where r.public and {differ(COUNTED)}
union all
select 1, 1, {OWN} from after_rows r join before_rows o using (id)
where r.public and {differ(COUNTED)};
insert into geo_change (layer, sign, key)
select 1, 0, r.id::text from after_rows r join before_rows o using (id)
where r.public and {differ(TOLD)}
"""
PLEDGES = f"""
create or replace function pledges_pledge_added() returns trigger language plpgsql as $$ begin
    insert into geo_change ({PLEDGE}) select 1, 1, {OWN} from after_rows r where r.public;
    {done(1, "after_rows")}
    {belongings(1, "after_rows")}
    return null;
end $$;

create or replace function pledges_pledge_removed() returns trigger language plpgsql as $$ begin
    insert into geo_change ({PLEDGE}) select 1, -1, {OWN} from before_rows r where r.public;
    {done(-1, "before_rows")}
    {belongings(-1, "before_rows")}
    return null;
end $$;

create or replace function pledges_pledge_changed() returns trigger language plpgsql as $$
declare
    moved boolean;
begin
    {anew(OWN_CHANGED)}
    {anew(done(-1, "before_rows", against("after_rows", differ(DONE))))}
    {anew(done(1, "after_rows", against("before_rows", differ(DONE))))}
    -- Compared as sets: a join would be planned as if the first rows differed, and none may.
    execute $q$
        select exists (
            select r.id, {SHARED} from before_rows r except select r.id, {SHARED} from after_rows r
        )
    $q$ into moved;
    if moved then
        {anew(belongings(-1, "before_rows", against("after_rows", differ(SHARED))))}
        {anew(belongings(1, "after_rows", against("before_rows", differ(SHARED))))}
    end if;
    return null;
end $$;

create or replace function pledges_pledge_emptied() returns trigger language plpgsql as $$ begin
    delete from geo_change where layer in (1, 6);
    delete from geo_cell where layer = 1;
    delete from geo_cube where layer = 1;
    delete from geo_tally where layer = 1;
    delete from geo_owner where layer = 1;
    delete from geo_ledger where layer in (1, 6);
    update geo_fold set version = version + 1, folded_at = now() where layer in (1, 6);
    insert into geo_change (layer, sign, key) values (1, 0, '');
    return null;
end $$;
"""

NAME = "(r.code, r.slug, r.name)"
ORGANISATIONS = f"""
create function pledges_organisation_renamed() returns trigger language plpgsql as $$ begin
    insert into geo_change (layer, sign, key)
    select 1, 0, p.id::text from pledges_pledge p where p.public and p.organisation_id in (
        select id from after_rows r join before_rows o using (id) where {differ(NAME)}
    );
    return null;
end $$;
create trigger pledges_organisation_renamed after update on pledges_organisation
    referencing old table as before_rows new table as after_rows
    for each statement execute function pledges_organisation_renamed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0009_log_of_news"),
        ("pledges", "0018_where_an_organisations_pledges_are"),
    ]
    operations = [
        migrations.RunSQL("".join(row_functions(table) for table in TABLES) + PLEDGES),
        migrations.RunSQL(
            ORGANISATIONS,
            "drop trigger pledges_organisation_renamed on pledges_organisation;"
            " drop function pledges_organisation_renamed;",
        ),
    ]
