"""Filters in CQL2 text (OGC 21-065r2), read with Lark and answered by the ORM."""

from geo.ogcapi.cql2.condition import Condition, compile_condition
from geo.ogcapi.cql2.parameters import extract_parameters
from geo.ogcapi.cql2.parsing import parse
from geo.ogcapi.cql2.queryables import queryables

__all__ = ["Condition", "compile_condition", "extract_parameters", "parse", "queryables"]
