"""Pledges whose authors chose a day go to the queue of counts as a layer of their own.

All others are due on the next Change Day. Which are not due yet is then a matter of counts.
"""

from django.db import migrations

COLUMNS = "layer, sign, region, district, day, shown, facet, part, owner"
FACTS = (
    "coalesce(r.region_id, 0), coalesce(r.district_id, 0), r.day, r.show, r.facet, r.theme_id,"
    " r.organisation_id"
)
COUNTED = (
    "(r.public and r.due is not null, r.region_id, r.district_id, r.day, r.facet,"
    " r.organisation_id)"
)
DIFFERS = f"{COUNTED} is distinct from {COUNTED.replace('r.', 'o.')}"


def queue(sign: int, rows: str, condition: str = "true") -> str:
    return (
        f"insert into geo_change ({COLUMNS}) select 8, {sign}, {FACTS} from {rows} r"
        f" where r.public and r.due is not null and {condition};"
    )


def against(other: str) -> str:
    return f"exists (select from {other} o where o.id = r.id and {DIFFERS})"


def anew(statement: str) -> str:
    """Have it planned when it runs, as those of what follows a pledge are."""
    return f"execute $q$ {statement.removesuffix(';')} $q$;"


BODIES = {
    "added": queue(1, "after_rows"),
    "removed": queue(-1, "before_rows"),
    "changed": anew(queue(-1, "before_rows", against("after_rows")))
    + anew(queue(1, "after_rows", against("before_rows"))),
    "emptied": "delete from geo_change where layer = 8; delete from geo_ledger where layer = 8;",
}
EVENTS = {
    "added": "insert on pledges_pledge referencing new table as after_rows",
    "removed": "delete on pledges_pledge referencing old table as before_rows",
    "changed": "update on pledges_pledge"
    " referencing old table as before_rows new table as after_rows",
    "emptied": "truncate on pledges_pledge",
}
FORWARD = "".join(
    f"""
create function pledges_dated_{what}() returns trigger language plpgsql as $$ begin
    {body}
    return null;
end $$;
create trigger pledges_dated_{what} after {EVENTS[what]}
    for each statement execute function pledges_dated_{what}();
"""
    for what, body in BODIES.items()
)
BACK = "".join(
    f"drop trigger pledges_dated_{what} on pledges_pledge; drop function pledges_dated_{what};"
    for what in BODIES
)


class Migration(migrations.Migration):
    dependencies = [("pledges", "0016_settled_organisations")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
