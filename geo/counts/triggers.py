"""The SQL by which a table tells of its public rows, for the migrations of any app."""

COLUMNS = "layer, sign, key"


def followed(
    table: str, layer: int, key: str, columns: tuple[str, ...], public: str = "true"
) -> tuple[str, str]:
    """Return SQL to have a table's rows told of, and SQL to undo it.

    `key` is the last part of a feature's address and `public` whether there is one, both SQL over
    the row `r`; `columns` are those that are published. One insert a statement, whatever wrote.
    """
    was_key, was_public = key.replace("r.", "o."), public.replace("r.", "o.")
    told = ", ".join(f"r.{column}" for column in columns)
    was = told.replace("r.", "o.")
    stays = f"{public} and {was_public} and {key} = {was_key}"
    pairs = "from after_rows r join before_rows o on o.id = r.id"
    bodies = {
        "added": f"select {layer}, 1, {key} from after_rows r where {public}",
        "removed": f"select {layer}, -1, {key} from before_rows r where {public}",
        "changed": f"""
            select {layer}, -1, {was_key} {pairs} where {was_public} and not ({stays})
            union all select {layer}, 1, {key} {pairs} where {public} and not ({stays})
            union all select {layer}, 0, {key} {pairs}
            where {stays} and ({told}) is distinct from ({was})""",
    }
    rows = {
        "added": "insert on {} referencing new table as after_rows",
        "removed": "delete on {} referencing old table as before_rows",
        "changed": "update on {} referencing old table as before_rows new table as after_rows",
    }
    there = "".join(
        f"""
create function {table}_told_{what}() returns trigger language plpgsql as $$ begin
    insert into geo_change ({COLUMNS}) {body};
    return null;
end $$;
create trigger {table}_told_{what} after {rows[what].format(table)}
    for each statement execute function {table}_told_{what}();
"""
        for what, body in bodies.items()
    )
    gone = "".join(
        f"drop trigger {table}_told_{what} on {table}; drop function {table}_told_{what};"
        for what in bodies
    )
    return there, gone
