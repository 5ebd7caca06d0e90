"""Compile a tree of CQL2 into the condition of a QuerySet.

NOT has SQL's three-valued logic, as the standard requires: what is null is
neither like a value nor unlike it.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Lower
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
)
from lark import Token, Tree

from geo.core.errors import BadParameter
from geo.ogcapi.cql2 import literals
from geo.ogcapi.cql2.queryables import Queryable, queryables
from geo.ogcapi.crs import CRS84, Crs
from geo.ogcapi.layers import Layer

COMPARED = {
    "=": Exact,
    "<": LessThan,
    "<=": LessThanOrEqual,
    ">": GreaterThan,
    ">=": GreaterThanOrEqual,
}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
ALIAS = "queried_"


@dataclass(frozen=True)
class Condition:
    """A filter in CQL2, ready to narrow the rows of its layer. Equal where its texts are equal."""

    layer: Layer = field(compare=False, repr=False)
    tree: Tree = field(compare=False, repr=False)
    text: str
    crs: Crs = CRS84

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass."""
        named, passing = self._compiled
        return rows.alias(**{ALIAS + name: q.expression for name, q in named.items()}).filter(
            passing
        )

    def pairs(self) -> list[tuple[str, str]]:
        return [("filter", self.text), ("filter-crs", self.crs.uri)]

    @cached_property
    def _compiled(self) -> tuple[dict[str, Queryable], Q]:
        compiler = Compiler(queryables(self.layer), self.crs)
        passing = compiler.any(self.tree)
        return compiler.used, passing


def compile_condition(layer: Layer, text: str, crs: Crs, tree: Tree) -> Condition:
    """Make a filter for a layer. Raises BadParameter for what its properties do not allow."""
    found = Condition(layer, tree, text, crs)
    found.apply(layer.rows().none())
    return found


class Compiler:
    """One pass over the tree. `used` collects the properties that are named."""

    def __init__(self, known: dict[str, Queryable], crs: Crs) -> None:
        self.known, self.crs = known, crs
        self.used: dict[str, Queryable] = {}

    def any(self, node: Tree) -> Q:
        """Compile one node: each kind has a method of its name."""
        return getattr(self, f"_{node.data}")(*node.children)

    def _either(self, *parts: Tree) -> Q:
        found = Q()
        for part in parts:
            found |= self.any(part)
        return found

    def _both(self, *parts: Tree) -> Q:
        found = Q()
        for part in parts:
            found &= self.any(part)
        return found

    def _denied(self, part: Tree) -> Q:
        return ~self.any(part)

    def _constant(self, word: Token) -> Q:
        return Q(Value(word.lower() == "true", output_field=BooleanField()))

    def _comparison(self, left: Tree, operator: str, right: Tree) -> Q:
        if not _has_property(left):
            left, right, operator = right, left, TURNED.get(operator, operator)
        column, value = self._sides(left, right)
        if operator == "<>":
            return ~Q(Exact(column, value))
        return Q(COMPARED[operator](column, value))

    def _like(self, left: Tree, no: Token | None, pattern: Tree) -> Q:
        named, expression = self._column(left)
        if named.kind != "string":
            raise bad_filter(f"{named.name} is no text, so LIKE has nothing to compare")
        passing = Func(
            Cast(expression, TextField()),
            self._value(left, named, pattern),
            template="(%(expressions)s)",
            arg_joiner=" like ",
            output_field=BooleanField(),
        )
        return _negated_if(no, Q(passing))

    def _between(self, left: Tree, no: Token | None, low: Tree, high: Tree) -> Q:
        column, least = self._sides(left, low)
        most = self._sides(left, high)[1]
        return _negated_if(
            no, Q(GreaterThanOrEqual(column, least)) & Q(LessThanOrEqual(column, most))
        )

    def _member(self, left: Tree, no: Token | None, *values: Tree) -> Q:
        column = self._column(left)[1]
        return _negated_if(no, Q(In(column, [self._sides(left, value)[1] for value in values])))

    def _null(self, left: Tree, no: Token | None) -> Q:
        return Q(IsNull(self._column(left)[1], no is None))

    def _spatial(self, relation: Token, left: Tree, right: Tree) -> Q:
        swapped = not _has_property(left)
        named = self._named(right if swapped else left)
        if named.kind != "geometry":
            raise bad_filter(f"{named.name} is no geometry")
        shape = self._shape(left if swapped else right)
        way = {"s_intersects": "intersects", "s_within": "within"}[relation.lower()]
        if swapped and way == "within":
            way = "contains"
        return Q(**{f"{named.path}__{way}": shape})

    def _shape(self, node: Tree) -> GEOSGeometry:
        if node.data == "property":
            raise bad_filter("a geometry is compared with one that is written out")
        return literals.shape(node, self.crs)

    def _sides(self, left: Tree, right: Tree) -> tuple[Combinable, object]:
        named, expression = self._column(left)
        if named.kind == "geometry":
            raise bad_filter(f"{named.name} is a geometry: use S_INTERSECTS or S_WITHIN")
        return expression, self._value(left, named, right)

    def _column(self, node: Tree) -> tuple[Queryable, Combinable]:
        if node.data == "casei":
            named, expression = self._column(node.children[0])
            if named.kind != "string":
                raise bad_filter(f"{named.name} is no text, so CASEI has nothing to do")
            return named, Lower(Cast(expression, TextField()))
        named = self._named(node)
        return named, F(ALIAS + named.name)

    def _named(self, node: Tree) -> Queryable:
        if node.data != "property":
            raise bad_filter("compare a property with a value")
        name = str(node.children[0]).strip('"')
        if name not in self.known:
            raise bad_filter(f"{name[:40]!r} is none of: {', '.join(self.known)}")
        self.used[name] = self.known[name]
        return self.known[name]

    def _value(self, left: Tree, named: Queryable, node: Tree) -> object:
        """Return a literal in the type of its property; in small letters inside CASEI."""
        if (node.data == "casei") != (left.data == "casei"):
            raise bad_filter("CASEI stands on both sides, or on neither")
        if node.data == "casei":
            return Lower(Value(literals.value("string", node.children[0])))
        return Value(literals.value(named.kind, node), output_field=named.output)


def _has_property(node: Tree) -> bool:
    return node.data == "property" or (node.data == "casei" and _has_property(node.children[0]))


def _negated_if(no: Token | None, passing: Q) -> Q:
    return ~passing if no else passing


def bad_filter(why: str) -> BadParameter:
    return BadParameter("filter", why)
