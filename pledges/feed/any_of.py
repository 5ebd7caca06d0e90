"""Rows named by many numbers, as conditions."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func, Value
from django.db.models.functions import Cast


class Among(Func):
    """Whether a column is one of many numbers.

    They are written as one array: tens of thousands of constants take long to parse.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = any("
    output_field = BooleanField()

    def __init__(self, column: str, numbers: Iterable[int]) -> None:
        written = "{" + ",".join(map(str, numbers)) + "}"
        super().__init__(column, Cast(Value(written), ArrayField(BigIntegerField())))
