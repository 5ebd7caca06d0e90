"""Joins, likes, stories and what is done go to the queue of counts, in the place of the pledge.

Each is counted while its pledge is public, as the pledge is now: whatever changes the pledge takes
what belongs to it along. A row of another table and its pledge may be written at the same moment by
two transactions that do not see each other; the trigger therefore locks the pledge for share before
it reads it, and the pledge's own trigger, whose statement waited for that lock, sees the new row.
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


def entries(layer: int, sign: int, pledge: str, moment: str) -> str:
    place, facts = PLACE.format(pledge), FACTS.format(pledge)
    return f"select {layer}, {sign}, {place}, {DAY.format(moment)}, {facts}"


def of_rows(table: str, sign: int, rows: str, condition: str = "true") -> str:
    """Queue what the rows of a transition table count for, by their pledges as they are now."""
    return "\n".join(
        f"insert into geo_change ({COLUMNS}) {entries(layer, sign, 'p', f'r.{moment}')}"
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
    """Have each statement planned when it runs.

    A plan that was kept from an update of one row would compare each row of a large update with
    each other one.
    """
    return "\n".join(f"execute $q$ {each} $q$;" for each in statements.split(";") if each.strip())


def row_functions(table: str) -> str:
    watched = WATCHED[table]
    differs = f"{watched} is distinct from {watched.replace('r.', 'o.')}"
    now = f"exists (select from before_rows o where o.id = r.id and {differs})"
    was = f"exists (select from after_rows o where o.id = r.id and {differs})"
    layers = ", ".join(str(layer) for layer, of, _, _ in ROWS if of == table)
    return f"""
create function {table}_added() returns trigger language plpgsql as $$ begin
    {lock("after_rows")}
    {of_rows(table, 1, "after_rows")}
    return null;
end $$;

create function {table}_removed() returns trigger language plpgsql as $$ begin
    {lock("before_rows")}
    {of_rows(table, -1, "before_rows")}
    return null;
end $$;

create function {table}_changed() returns trigger language plpgsql as $$ begin
    {lock("before_rows")}
    {lock("after_rows")}
    {anew(of_rows(table, -1, "before_rows", was))}
    {anew(of_rows(table, 1, "after_rows", now))}
    return null;
end $$;

create function {table}_emptied() returns trigger language plpgsql as $$ begin
    delete from geo_change where layer in ({layers});
    delete from geo_ledger where layer in ({layers});
    update geo_fold set version = version + 1, folded_at = now() where layer in ({layers});
    return null;
end $$;

create trigger {table}_added after insert on {table} referencing new table as after_rows
    for each statement execute function {table}_added();
create trigger {table}_removed after delete on {table} referencing old table as before_rows
    for each statement execute function {table}_removed();
create trigger {table}_changed after update on {table}
    referencing old table as before_rows new table as after_rows
    for each statement execute function {table}_changed();
create trigger {table}_emptied after truncate on {table}
    for each statement execute function {table}_emptied();
"""


# The pledge's own functions of before, now with the district, and with what belongs to a pledge.
PLEDGE = "layer, sign, morton, region, district, day, shown, facet, part, owner"
OWN = f"r.morton, {PLACE.format('r')}, r.day, {FACTS.format('r')}"
COUNTED = (
    "(r.public, r.morton, r.region_id, r.district_id, r.day, r.show, r.facet, r.organisation_id,"
    " r.text, r.display_name)"
)
# What of a pledge its joins, likes and stories are counted by.
SHARED = "(r.public, r.region_id, r.district_id, r.facet, r.organisation_id)"
MOVED = f"{SHARED} is distinct from {SHARED.replace('r.', 'o.')}"
DIFFERS = f"{COUNTED} is distinct from {COUNTED.replace('r.', 'o.')}"
DONE = (
    f"({SHARED[1:-1]}, r.done_at) is distinct from ({SHARED.replace('r.', 'o.')[1:-1]}, o.done_at)"
)


def done(sign: int, rows: str, condition: str = "true") -> str:
    return (
        f"insert into geo_change ({COLUMNS}) {entries(6, sign, 'r', 'r.done_at')}"
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
where r.public and {DIFFERS}
union all
select 1, 1, {OWN} from after_rows r join before_rows o using (id)
where r.public and {DIFFERS}
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
    {anew(done(-1, "before_rows", against("after_rows", DONE)))}
    {anew(done(1, "after_rows", against("before_rows", DONE)))}
    -- Compared as sets: a join would be planned as if the first rows differed, and none may.
    execute $q$
        select exists (
            select r.id, {SHARED} from before_rows r except select r.id, {SHARED} from after_rows r
        )
    $q$ into moved;
    if moved then
        {anew(belongings(-1, "before_rows", against("after_rows", MOVED)))}
        {anew(belongings(1, "after_rows", against("before_rows", MOVED)))}
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
    return null;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0008_books_and_populations"),
        ("pledges", "0014_counts_beside_pledges"),
    ]
    operations = [
        migrations.RunSQL("".join(row_functions(table) for table in TABLES) + PLEDGES),
    ]
