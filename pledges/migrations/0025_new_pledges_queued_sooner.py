"""A new pledge asks only for what it may have already.

Joins, likes and stories come after their pledge. Only where the keys' check was put off, as an
import may, are they there before it: then they are counted as before, but only then are they asked
for. The same holds for what was done.
"""

from django.db import migrations

COLUMNS = "layer, sign, region, district, day, shown, facet, part, owner"
PLACE = "coalesce(r.region_id, 0), coalesce(r.district_id, 0)"
FACTS = "r.show, r.facet, r.theme_id, r.organisation_id"
OWN = f"""
    insert into geo_change (layer, sign, morton, region, district, day, shown, facet, part, owner, key)
    select 1, 1, r.morton, {PLACE}, r.day, {FACTS}, r.id::text from after_rows r where r.public;"""


def day(moment: str) -> str:
    return f"timezone('Europe/London', {moment})::date"


DONE = f"""
        insert into geo_change ({COLUMNS}, key)
        select 6, 1, {PLACE}, {day("r.done_at")}, {FACTS}, r.id::text
        from after_rows r where r.public and r.done_at is not null;"""
# Layer, table, moment, when a row counts.
ROWS = (
    (3, "pledges_join", "created_at", "true"),
    (7, "pledges_join", "done_at", "c.done_at is not null"),
    (4, "pledges_like", "created_at", "true"),
    (5, "pledges_story", "created_at", "c.held_at is null and c.hidden_at is null"),
)
BELONGS = "".join(
    f"""
        insert into geo_change ({COLUMNS})
        select {layer}, 1, {PLACE}, {day(f"c.{moment}")}, {FACTS}
        from after_rows r join {table} c on c.pledge_id = r.id where r.public and {counts};"""
    for layer, table, moment, counts in ROWS
)
ANY = " or ".join(
    f"exists (select from after_rows r join {table} c on c.pledge_id = r.id)"
    for table in ("pledges_join", "pledges_like", "pledges_story")
)
ADDED = "create or replace function pledges_pledge_added() returns trigger language plpgsql as $$"
SOONER = f"""{ADDED} begin{OWN}
    if exists (select from after_rows where done_at is not null) then{DONE}
    end if;
    if {ANY} then{BELONGS}
    end if;
    return null;
end $$;"""
BEFORE = f"{ADDED} begin{OWN}{DONE}{BELONGS}\n    return null;\nend $$;"


class Migration(migrations.Migration):
    dependencies = [("pledges", "0024_teams_of_organisations")]
    operations = [migrations.RunSQL(SOONER, BEFORE)]
