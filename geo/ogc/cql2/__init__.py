"""Filters in CQL2 text (OGC 21-065r2), read with Lark and answered by the ORM."""

from geo.ogc.cql2.condition import Condition, condition
from geo.ogc.cql2.lifting import lift
from geo.ogc.cql2.parsing import parse
from geo.ogc.cql2.queryables import queryables

__all__ = ["Condition", "condition", "lift", "parse", "queryables"]
