"""Read query parameters: each function returns a typed value or raises BadParameter."""

import datetime
import math
from collections.abc import Collection, Iterable, Mapping

from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPolygon, Point, Polygon
from django.http import QueryDict

from geo.core.errors import BadParameter, UnknownParameter

LONGEST = 200  # characters of one value
MOST_VALUES = 50  # values of one comma-separated list


def reject_unknown(query: QueryDict, valid: Iterable[str]) -> None:
    """Raise UnknownParameter, listing the valid names, if the query has any other."""
    valid = set(valid)
    if unknown := set(query) - valid:
        raise UnknownParameter((clean(name)[:40] for name in unknown), valid)


def clean(value: str) -> str:
    """Return the text with what no database or log can hold replaced by U+FFFD."""
    return "".join(c if c.isprintable() or c == " " else "\ufffd" for c in value)


def text(query: Mapping[str, str], name: str, default: str = "") -> str:
    """One short text. NUL and control characters, broken UTF-8 and long values are refused."""
    value = query.get(name, default)
    if len(value) > LONGEST:
        raise BadParameter(name, f"longer than {LONGEST} characters")
    # A broken UTF-8 sequence reaches us as U+FFFD, which PostgreSQL would search for in vain.
    if any(ord(c) < 32 or c in "\x7f\ufffd" for c in value) or not _encodable(value):
        raise BadParameter(name, "holds characters that are not text")
    return value.strip()


def _encodable(value: str) -> bool:
    return not any(0xD800 <= ord(c) <= 0xDFFF for c in value)


def words(query: Mapping[str, str], name: str) -> tuple[str, ...]:
    """A comma-separated list, in its order, without repeats and empty members."""
    members = (word.strip() for word in text(query, name).split(","))
    found = tuple(dict.fromkeys(word for word in members if word))
    if len(found) > MOST_VALUES:
        raise BadParameter(name, f"more than {MOST_VALUES} values")
    return found


def among(query: Mapping[str, str], name: str, valid: Collection[str]) -> tuple[str, ...]:
    """A comma-separated list of known words; another word raises BadParameter with those valid."""
    chosen = words(query, name)
    if unknown := set(chosen) - set(valid):
        wrong = ", ".join(sorted(unknown))[:80]
        raise BadParameter(name, f"{wrong} is none of: {', '.join(valid)}")
    return chosen


def one_of(query: Mapping[str, str], name: str, valid: Collection[str]) -> str:
    """One known word, or an empty one; another raises BadParameter with those valid."""
    value = text(query, name)
    if value and value not in valid:
        raise BadParameter(name, f"is none of: {', '.join(valid)}")
    return value


def number(name: str, value: str, low: float, high: float) -> float:
    """A finite number from low to high. float() reads `nan` and `inf`, which pass comparisons."""
    try:
        parsed = float(value)
    except ValueError:
        raise BadParameter(name, f"{clean(value)[:40]!r} is not a number") from None
    if not math.isfinite(parsed) or not low <= parsed <= high:
        raise BadParameter(name, f"must be from {low:g} to {high:g}")
    return parsed


def integer(name: str, value: str, low: int, high: int) -> int:
    """A whole number from low to high, written in ASCII digits."""
    if not (value.isascii() and value.removeprefix("-").isdigit() and len(value) <= LONGEST):
        raise BadParameter(name, f"{clean(value)[:40]!r} is not a whole number")
    parsed = int(value)
    if not low <= parsed <= high:
        raise BadParameter(name, f"must be from {low} to {high}")
    return parsed


def limit(query: Mapping[str, str], default: int, most: int) -> int:
    """How many features to answer. Above the maximum is clamped (OGC API - Features, 7.15.2)."""
    if "limit" not in query:
        return default
    wanted = integer("limit", query["limit"], -(10**LONGEST), 10**LONGEST)
    if wanted < 1:
        raise BadParameter("limit", "must be at least 1")
    return min(wanted, most)


def bbox(query: Mapping[str, str], name: str = "bbox") -> GEOSGeometry | None:
    """A box in degrees, west,south,east,north (SRID 4326), or None where it is absent.

    Six numbers are read as a box with heights, which are ignored (OGC API - Features, 7.15.3).
    A box across the antimeridian has its west edge east of its east edge and becomes two boxes.
    A box without width or height is a line or a point, which it meets as it would an area.
    """
    if not query.get(name):
        return None
    parts = query[name].split(",")
    if len(parts) not in (4, 6):
        raise BadParameter(name, "give four numbers: west,south,east,north")
    half = len(parts) // 2
    west, south = number(name, parts[0], -180, 180), number(name, parts[1], -90, 90)
    east, north = number(name, parts[half], -180, 180), number(name, parts[half + 1], -90, 90)
    # West and east swapped by mistake would be a box around more than half of the world.
    if south > north or 0 < west - east <= 180:
        raise BadParameter(name, "west and south come before east and north")
    if west > east:
        halves = (west, south, 180, north), (-180, south, east, north)
        return MultiPolygon([Polygon.from_bbox(half) for half in halves], srid=4326)
    if (west, south) == (east, north):
        return Point(west, south, srid=4326)
    if west == east or south == north:
        return LineString((west, south), (east, north), srid=4326)
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return box


def bbox_text(box: GEOSGeometry) -> str:
    """Write a box as `bbox` reads it, to the last digit: responses are cached under this text."""
    west, south, east, north = box.extent
    if isinstance(box, MultiPolygon):
        west, east = box[0].extent[0], box[1].extent[2]
    return ",".join(repr(edge).removesuffix(".0") for edge in (west, south, east, north))


def point(query: Mapping[str, str]) -> Point:
    """A point (SRID 4326) from `lat` and `lon` in degrees. Zero is a value like any other."""
    for name in ("lat", "lon"):
        if not query.get(name):
            raise BadParameter(name, "is missing")
    latitude = number("lat", query["lat"], -90, 90)
    longitude = number("lon", query["lon"], -180, 180)
    return Point(longitude, latitude, srid=4326)


def day(query: Mapping[str, str], name: str) -> datetime.date | None:
    """A day written 2014-03-03, or None where it is absent."""
    value = query.get(name, "")
    if not value:
        return None
    try:
        parsed = datetime.date.fromisoformat(value)
    except ValueError:
        raise BadParameter(name, "write a day as 2014-03-03") from None
    if not 1900 <= parsed.year <= 2200:
        raise BadParameter(name, "the year must be from 1900 to 2200")
    return parsed


def days(query: Mapping[str, str]) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the days `since` and `until`. Raises BadParameter, also where they are crossed."""
    since, until = day(query, "since"), day(query, "until")
    if since and until and since > until:
        raise BadParameter("until", "is before since")
    return since, until
