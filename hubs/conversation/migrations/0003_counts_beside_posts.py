"""Supports, follows and replies of a post are counted beside it, in the transaction of the write.

Whatever path writes, the numbers follow: actions, moderators, the end of an account, plain SQL.
What lists are filtered by goes beside the counts too. The counts of all posts of a statement are locked in the order of their numbers, so that two
statements wait for each other rather than for each other's ends.
"""

from django.db import migrations

# Table, column of the counts, when a row counts.
TAKING_PART = (
    ("conversation_support", "supports", "true"),
    ("conversation_follow", "follows", "true"),
    ("conversation_reply", "replies", "public"),
)
SIDES = {"added": ((1, "after_rows"),), "removed": ((-1, "before_rows"),)}
SIDES["changed"] = (*SIDES["removed"], *SIDES["added"])
EVENTS = {
    "added": "insert on {0} referencing new table as after_rows",
    "removed": "delete on {0} referencing old table as before_rows",
    "changed": "update on {0} referencing old table as before_rows new table as after_rows",
}
# Last discussed: by the last reply that is in view, else when it was posted.
LAST = """, last_at = coalesce(
    (select max(r.created_at) from conversation_reply r where r.post_id = k.post_id and r.public),
    (select p.created_at from conversation_post p where p.id = k.post_id), k.last_at)"""

# The number of supports is published, and so the post is told of; replies are queued by themselves.
TOLD = """insert into geo_change (layer, sign, key)
    select 41, 0, p.id::text from conversation_post p
    where p.public and p.id in (select post_id from ({rows}) as r);"""


def body(column: str, counts: str, sides: tuple[tuple[int, str], ...]) -> str:
    rows = " union all ".join(
        f"select post_id, {sign} as sign from {side} where {counts}" for sign, side in sides
    )
    changed = f"select post_id, sum(sign)::int as n from ({rows}) as r group by post_id"
    # Moderators and authors may take a reply out of view and bring another in at once.
    moved = changed if column == "replies" else f"{changed} having sum(sign) <> 0"
    return f"""
    perform from conversation_postcounts where post_id in (select post_id from ({rows}) as r)
        order by post_id for no key update;
    update conversation_postcounts k set {column} = k.{column} + d.n
        {LAST if column == "replies" else ""}
        from ({moved}) as d where k.post_id = d.post_id;
    {TOLD.format(rows=rows) if column == "supports" else ""}"""


FORWARD = "".join(
    f"""
create function {table}_beside_{what}() returns trigger language plpgsql as $$ begin
    {body(column, counts, SIDES[what])}
    return null;
end $$;
create trigger {table}_beside_{what} after {event.format(table)}
    for each statement execute function {table}_beside_{what}();
"""
    for table, column, counts in TAKING_PART
    for what, event in EVENTS.items()
)
BACK = "".join(
    f"drop trigger {table}_beside_{what} on {table}; drop function {table}_beside_{what};"
    for table, _column, _counts in TAKING_PART
    for what in EVENTS
)

# What lists are filtered by, beside the counts.
FILTERED = """
create function conversation_post_beside() returns trigger language plpgsql as $$ begin
    update conversation_postcounts set public = new.public, facet = new.facet,
        region = new.region_id where post_id = new.id
        and (public, facet, region) is distinct from (new.public, new.facet, new.region_id);
    return null;
end $$;
create trigger conversation_post_beside after update on conversation_post
    for each row execute function conversation_post_beside();

create function conversation_postcounts_begun() returns trigger language plpgsql as $$ begin
    select p.public, p.facet, p.region_id into new.public, new.facet, new.region
        from conversation_post p where p.id = new.post_id;
    return new;
end $$;
create trigger conversation_postcounts_begun before insert on conversation_postcounts
    for each row execute function conversation_postcounts_begun();
"""
NOT_FILTERED = """
drop trigger conversation_post_beside on conversation_post;
drop trigger conversation_postcounts_begun on conversation_postcounts;
drop function conversation_post_beside;
drop function conversation_postcounts_begun;
"""


class Migration(migrations.Migration):
    dependencies = [("conversation", "0002_counts_of_the_conversation")]
    operations = [migrations.RunSQL(FORWARD + FILTERED, BACK + NOT_FILTERED)]
