"""Tell in one sentence what is wrong with the database of DATABASE_URL, before Django tries it."""

import os
import sys
from typing import Any

import dj_database_url
import psycopg2

OLDEST = 3  # of PostGIS


def main() -> str | None:
    """Return what is wrong, or None."""
    try:
        given = dj_database_url.parse(os.environ["DATABASE_URL"])
    except ValueError as error:
        return f"DATABASE_URL is no address of a database: {error}"
    named = {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
    }
    words: dict[str, Any] = {key: value for key, value in named.items() if value}
    try:
        link = psycopg2.connect(
            dbname=given["NAME"], connect_timeout=10, **words, **given.get("OPTIONS", {})
        )
    except psycopg2.Error as error:
        return f"The database of DATABASE_URL does not answer: {str(error).strip()}"
    with link, link.cursor() as cursor:
        cursor.execute(
            "select coalesce(installed_version, default_version)"
            " from pg_available_extensions where name = 'postgis'"
        )
        found = cursor.fetchone()
    link.close()
    if not found or int(found[0].split(".")[0]) < OLDEST:
        return f"The server of DATABASE_URL has no PostGIS {OLDEST}. Install it there."
    return None


if __name__ == "__main__":
    sys.exit(main())
