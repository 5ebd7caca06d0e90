"""Literals of a filter: each read in the type of the property that it is compared with."""

import datetime
import re

from django.contrib.gis.geos import GEOSException, GEOSGeometry, Polygon
from lark import Tree

from geo.core.errors import BadParameter
from geo.ogcapi.crs import Crs

MOST = 2**63 - 1
WANTED = {
    "string": "a text in single quotes",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "TRUE or FALSE",
    "date": "DATE('2014-03-03')",
    "date-time": "TIMESTAMP('2014-03-03T09:00:00Z')",
}


def value(kind: str, node: Tree) -> object:
    """Return the literal as Python's own value; raises BadParameter where its type is another."""
    words = str(node.children[0])
    read = {
        ("string", "text"): text,
        ("integer", "number"): whole,
        ("number", "number"): whole,
        ("boolean", "truth"): lambda word: word.lower() == "true",
        ("date", "day"): day,
        ("date", "text"): day,
        ("date-time", "moment"): moment,
        ("date-time", "text"): moment,
        ("date-time", "day"): moment,
    }.get((kind, node.data))
    if read is None:
        raise BadParameter("filter", f"{words[:40]} stands where {WANTED[kind]} is needed")
    return read(words)


def text(word: str) -> str:
    """A quote within is written twice, or after a backslash; a backslash stays for LIKE."""
    return re.sub(r"\\'|''", "'", word[1:-1])


def whole(word: str) -> int | float:
    """A number; fractions are compared as they are, and what no column can hold is refused."""
    number = float(word)
    if not abs(number) <= MOST:
        raise BadParameter("filter", f"{word[:40]} is too large")
    return int(number) if number.is_integer() else number


def day(word: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text(word))
    except ValueError:
        raise BadParameter("filter", f"{word[:40]} is no day: write '2014-03-03'") from None


def moment(word: str) -> datetime.datetime:
    """A moment with its offset; without one, as for a bare day, it is UTC."""
    try:
        found = datetime.datetime.fromisoformat(text(word))
    except ValueError:
        why = f"{word[:40]} is no moment: write '2014-03-03T09:00:00Z'"
        raise BadParameter("filter", why) from None
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def shape(node: Tree, crs: Crs) -> GEOSGeometry:
    """Return a geometry in degrees (SRID 4326) from WKT or BBOX in the reference system given."""
    if node.data == "box":
        numbers = [float(str(word)) for word in node.children]
        if len(numbers) not in (4, 6):
            raise BadParameter("filter", "BBOX has four numbers")
        half = len(numbers) // 2
        west, south, east, north = *numbers[:2], *numbers[half : half + 2]
        found: GEOSGeometry = Polygon.from_bbox((west, south, east, north))
    else:
        found = _from_words(node)
    if not all(abs(edge) < 1e9 for edge in found.extent) or found.empty:
        raise BadParameter("filter", "a geometry without a place")
    if not found.valid:
        raise BadParameter("filter", "the geometry crosses itself or is not closed")
    return crs.to_degrees(found)


def _from_words(node: Tree) -> GEOSGeometry:
    kind, *rest = node.children
    words, before = [str(kind).upper()], "("
    for part in rest:
        # Lark has dropped the commas: there was one wherever a value follows a value.
        if before not in "(" and part != ")":
            words.append(",")
        words.append(str(part))
        before = str(part) if part in ("(", ")") else "0"
    try:
        return GEOSGeometry("".join(words[:1]) + " " + "".join(words[1:]))
    except (ValueError, GEOSException):
        raise BadParameter("filter", "the geometry cannot be read as WKT") from None
