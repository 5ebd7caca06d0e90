"""How PostgreSQL would answer what some work asks."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def explained(work: Callable[[], object], *switched_off: str) -> str:
    """Do the work, and return the plans of its selects, with these ways of the planner off."""
    with CaptureQueriesContext(connection) as captured:
        work()
    asked = [each["sql"] for each in captured.captured_queries]
    told = []
    with connection.cursor() as cursor:
        for way in switched_off:
            cursor.execute(f"set local {way} to off")
        for sql in (sql for sql in asked if sql.split()[0].lower() == "select"):
            cursor.execute("explain " + sql)
            told += [row[0] for row in cursor.fetchall()]
        for way in switched_off:
            cursor.execute(f"reset {way}")
    return "\n".join(told)
