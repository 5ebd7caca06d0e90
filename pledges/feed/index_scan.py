"""A walk along the order of a list, each row of which is tried by itself."""

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# Limited to one, the inner query cannot be turned into a join, which would first find all that
# pass; so the walk ends with the last row that is wanted.
ONE_BY_ONE = """
select walked.value, walked.key
from ({walked}) as walked (value, key) cross join lateral ({passing} limit 1) as passing
order by walked.value {way}, walked.key {way} limit %s
"""


def one_by_one(
    walked: QuerySet, passing: QuerySet, limit: int, *, rising: bool = False
) -> list[tuple]:
    """Return the first (value, key) of `walked` whose key is one of `passing`.

    `walked` has two columns, a limit, and the highest first unless it is `rising`; `passing` is
    not sorted.
    """
    tried = passing.filter(pk=RawSQL("walked.key", [])).values("pk")
    (along, given), (asked, more) = (rows.query.sql_with_params() for rows in (walked, tried))
    statement = ONE_BY_ONE.format(walked=along, passing=asked, way="asc" if rising else "desc")
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *more, limit])
        return cursor.fetchall()
