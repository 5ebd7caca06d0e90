"""Every change of a public post or reply goes to the queue of counts, whatever path wrote it.

A reply is counted while it and its post are public, as the post is now: whatever changes the post
takes its replies along. What is queued of a post, or of a reply, says which post it is about, so
that the fold can tell of it; what moves along with a post does not. A reply and its post may be written at the same moment by two transactions
that do not see each other; the trigger of replies therefore locks the post for share before it
reads it, and the post's own trigger, whose statement waited for that lock, sees the new reply.
"""

from django.db import migrations

POSTS, REPLIES = 41, 42
PLACE = "coalesce({0}.region_id, 0), coalesce({0}.district_id, 0)"
FACTS = "{0}.show, {0}.facet, {0}.theme_id, {0}.organisation_id"
MAPPED = "layer, sign, morton, region, district, day, shown, facet, part, owner, key"
COLUMNS = "layer, sign, region, district, day, shown, facet, part, owner"
DAY = "timezone('Europe/London', r.created_at)::date"

# Changed words queue a pair that adds up to nothing, so that what is kept of them is read anew.
COUNTED = (
    "(r.public, r.morton, r.region_id, r.district_id, r.day, r.show, r.facet, r.organisation_id,"
    " r.text)"
)
# What is published of a post beside that: queued with sign 0, to be told of alone.
TOLD = "(r.display_name, r.role, r.works_in_care, r.outcode, r.closed_at, r.result, r.demo, r.created_at)"
# What of a post its replies are counted by.
SHARED = "(r.public, r.region_id, r.district_id, r.show, r.facet, r.organisation_id)"
OF_REPLY = "(r.public, r.post_id, r.created_at)"


def differs(columns: str) -> str:
    return f"{columns} is distinct from {columns.replace('r.', 'o.')}"


def anew(statements: str) -> str:
    """Have each statement planned when it runs, for one row or for many."""
    return "\n".join(f"execute $q$ {each} $q$;" for each in statements.split(";") if each.strip())


def posts(sign: int, rows: str, condition: str = "true") -> str:
    return (
        f"insert into geo_change ({MAPPED}) select {POSTS}, {sign}, r.morton, {PLACE.format('r')},"
        f" r.day, {FACTS.format('r')}, r.id::text from {rows} r where r.public and {condition};"
    )


def replies(sign: int, rows: str, condition: str = "true") -> str:
    """Queue the replies of a transition table, by their posts as they are now."""
    return (
        f"insert into geo_change ({COLUMNS}, key)"
        f" select {REPLIES}, {sign}, {PLACE.format('p')}, {DAY}, {FACTS.format('p')}, p.id::text"
        f" from {rows} r join conversation_post p on p.id = r.post_id"
        f" where p.public and r.public and {condition};"
    )


def told(rows: str, condition: str) -> str:
    return (
        f"insert into geo_change (layer, sign, key) select {POSTS}, 0, r.id::text from {rows} r"
        f" where r.public and {condition};"
    )


def belonging(sign: int, rows: str, condition: str = "true") -> str:
    """Queue all replies to the posts of a transition table, by the posts as in there."""
    return (
        f"insert into geo_change ({COLUMNS}) select {REPLIES}, {sign}, {PLACE.format('r')},"
        f" {DAY.replace('r.', 'c.')}, {FACTS.format('r')} from {rows} r"
        f" join conversation_reply c on c.post_id = r.id"
        f" where r.public and c.public and {condition};"
    )


def against(other: str, columns: str) -> str:
    return f"exists (select from {other} o where o.id = r.id and {differs(columns)})"


def lock(rows: str) -> str:
    return (
        "perform from conversation_post where id in"
        f" (select post_id from {rows}) order by id for share;"
    )


def emptied(layers: str, *tables: str) -> str:
    cleared = "".join(f"delete from {table} where layer in ({layers});" for table in tables)
    return (
        f"{cleared} update geo_fold set version = version + 1, folded_at = now()"
        f" where layer in ({layers});"
    )


COUNTS = ("geo_change", "geo_cell", "geo_cube", "geo_tally", "geo_owner", "geo_ledger")
BODIES = {
    "post": {
        "added": posts(1, "after_rows") + belonging(1, "after_rows"),
        "removed": posts(-1, "before_rows") + belonging(-1, "before_rows"),
        "changed": anew(
            posts(-1, "before_rows", against("after_rows", COUNTED))
            + posts(1, "after_rows", against("before_rows", COUNTED))
            + told("after_rows", against("before_rows", TOLD))
            + belonging(-1, "before_rows", against("after_rows", SHARED))
            + belonging(1, "after_rows", against("before_rows", SHARED))
        ),
        "emptied": emptied(f"{POSTS}, {REPLIES}", *COUNTS)
        + f"insert into geo_change (layer, sign, key) values ({POSTS}, 0, '');",
    },
    "reply": {
        "added": lock("after_rows") + replies(1, "after_rows"),
        "removed": lock("before_rows") + replies(-1, "before_rows"),
        "changed": lock("before_rows")
        + lock("after_rows")
        + anew(
            replies(-1, "before_rows", against("after_rows", OF_REPLY))
            + replies(1, "after_rows", against("before_rows", OF_REPLY))
        ),
        "emptied": emptied(str(REPLIES), "geo_change", "geo_ledger"),
    },
}
EVENTS = {
    "added": "insert on {0} referencing new table as after_rows",
    "removed": "delete on {0} referencing old table as before_rows",
    "changed": "update on {0} referencing old table as before_rows new table as after_rows",
    "emptied": "truncate on {0}",
}
FORWARD = "".join(
    f"""
create function conversation_{row}_{what}() returns trigger language plpgsql as $$ begin
    {body}
    return null;
end $$;
create trigger conversation_{row}_{what} after {EVENTS[what].format(f"conversation_{row}")}
    for each statement execute function conversation_{row}_{what}();
"""
    for row, bodies in BODIES.items()
    for what, body in bodies.items()
)
BACK = "".join(
    f"drop trigger conversation_{row}_{what} on conversation_{row};"
    f" drop function conversation_{row}_{what};"
    for row, bodies in BODIES.items()
    for what in bodies
)


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0009_log_of_news"),
        ("conversation", "0001_posts_and_replies"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
