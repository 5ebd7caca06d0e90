"""PostGIS and project functions that GeoDjango does not name, for use in ORM expressions."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.contrib.gis.db.models import GeometryField, PointField
from django.contrib.gis.geos import GEOSGeometry, Point
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, DateField, FloatField, Func, Value
from django.db.models.functions import Cast

MORTON_ZOOM = 24
LONDON = ZoneInfo("Europe/London")


class Morton(Func):
    """Web Mercator Morton code of a point (SRID 4326) at zoom 24: 48 bits, or NULL for NULL.

    The pixels of one tile of any zoom z are one contiguous range of codes: the tile's own Morton
    code shifted left by 2 * (24 - z) bits. Points beyond 85.05 degrees are clamped.
    """

    function = "geo_morton"
    arity = 1
    output_field = BigIntegerField()


class LondonDay(Func):
    """Calendar day in Europe/London of a timestamp, whatever the session's time zone."""

    # timezone(text, timestamptz) is IMMUTABLE where `AT TIME ZONE` through the session is not,
    # so that a generated column may use it.
    template = "(timezone('Europe/London', %(expressions)s))::date"
    arity = 1
    output_field = DateField()


class MakePoint(Func):
    """Point (SRID 4326) from longitude and latitude in degrees."""

    template = "ST_SetSRID(ST_MakePoint(%(expressions)s), 4326)"
    arity = 2
    output_field = PointField(srid=4326)


def point(longitude: float, latitude: float) -> MakePoint:
    """Return a point expression for two plain numbers in degrees."""
    return MakePoint(Value(longitude), Value(latitude))


class DegreesTo(Func):
    """Distance in degrees to a fixed geometry (SRID 4326), in the form that a GiST index orders."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = FloatField()

    def __init__(self, column: str, fixed: GEOSGeometry) -> None:
        super().__init__(column, Value(fixed, output_field=GeometryField(srid=4326)))


class Metres(Func):
    """Distance in metres to a fixed point, in the form that a GiST index on geography orders."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = FloatField()

    def __init__(self, column: str, fixed: Point) -> None:
        geography = PointField(geography=True, srid=4326)
        super().__init__(Cast(column, geography), Value(fixed, output_field=geography))


class AnyOf(Func):
    """Whether a column is one of many numbers.

    They are written as one array: tens of thousands of constants take long to parse.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = any("
    output_field = BooleanField()

    def __init__(self, column: str, numbers: Iterable[int]) -> None:
        written = "{" + ",".join(map(str, numbers)) + "}"
        super().__init__(column, Cast(Value(written), ArrayField(BigIntegerField())))
