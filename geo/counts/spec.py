"""How a layer is counted and published: its number, its facets, how they pack into one code."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from django.db.models import F, SmallIntegerField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from geo.live.models import News

MOST_PARTS = 12


@dataclass(frozen=True)
class Digit:
    """One facet: its name, how many values it may take (0 included), where it is read from."""

    name: str
    size: int
    expression: Combinable | str


@dataclass(frozen=True)
class NewsSource:
    """A layer that is published as news and not counted: its triggers queue layer, sign and key."""

    layer: int
    collection: str
    verb: News.Verb = News.Verb.NEW


@dataclass(frozen=True)
class Spec:
    """A counted layer. The facet code is a number of mixed radix with one digit a facet.

    `layer` is the layer's number in the counting tables, `part` the digit that a cluster's ring
    shows (values 1 to 12), `flag` the one of two values that all dimensions of the ledger count by.
    `facts` is the query of all rows that are counted, with the columns
    morton, region, district, day, shown, facet, part, owner. A layer that is not `mapped` is in
    the ledger alone, without clusters and without where it is shown.

    `collection` is the published one whose features the queue's keys name, and `verb` what has
    happened to one where rows were added.
    """

    layer: int
    name: str
    digits: tuple[Digit, ...]
    part: str
    flag: str
    facts: str
    mapped: bool = True
    collection: str = ""
    verb: News.Verb = News.Verb.CHANGED

    def expression(self) -> Combinable:
        """Return the ORM expression of the facet code, for a generated column."""
        total: Combinable | None = None
        for digit in self.digits:
            value = F(digit.expression) if isinstance(digit.expression, str) else digit.expression
            total = value if total is None else total * digit.size + value
        return Cast(total, SmallIntegerField())

    def codes(self, chosen: Mapping[str, frozenset[int]]) -> list[int] | None:
        """Return every facet code that has a chosen value in each facet named; None: any code.

        Example: {"theme": {1, 2}, "done": {1}}.
        """
        if not chosen:
            return None
        values = [sorted(chosen.get(d.name, range(d.size))) for d in self.digits]
        codes = []
        for combination in product(*values):
            code = 0
            for digit, value in zip(self.digits, combination, strict=True):
                code = code * digit.size + value
            codes.append(code)
        return codes

    def values(self, code: int) -> dict[str, int]:
        """Return the value of each facet that a code packs."""
        found = {}
        for digit in reversed(self.digits):
            code, found[digit.name] = divmod(code, digit.size)
        return found

    def digit_sql(self, name: str, column: str = "facet") -> str:
        """Return the SQL that takes one digit out of a facet code."""
        right = 1
        for digit in reversed(self.digits):
            if digit.name == name:
                return f"mod({column} / {right}, {digit.size})"
            right *= digit.size
        raise KeyError(name)
