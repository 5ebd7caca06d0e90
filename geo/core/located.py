"""What every dataset on the map has: a public point, its Morton code and an index in metres."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import GEOSGeometry, LineString, Point
from django.contrib.gis.measure import D
from django.contrib.postgres.indexes import GistIndex
from django.db.models.functions import Cast

from geo.core.functions import DegreesTo, Morton

# West, south, east, north.
WORLD_EDGES = (
    LineString((-180, -90), (-180, 90), srid=4326),
    LineString((-180, -90), (180, -90), srid=4326),
    LineString((180, -90), (180, 90), srid=4326),
    LineString((-180, 90), (180, 90), srid=4326),
)


class LocatedQuerySet(models.QuerySet):
    def on_map(self) -> "LocatedQuerySet":
        return self.filter(location__isnull=False)

    def in_bbox(self, bbox: GEOSGeometry) -> "LocatedQuerySet":
        """Rows whose point meets the box (SRID 4326): OGC's bbox intersects, not contains."""
        return self.filter(location__intersects=bbox)

    def extent(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of all points in degrees, or None where there is none."""
        # The edge is the point nearest to a line beyond it: one step into the GiST index each,
        # where ST_Extent would read every row.
        found = [
            self.on_map()
            .order_by(DegreesTo("location", line))
            .values_list("location", flat=True)[:1]
            for line in WORLD_EDGES
        ]
        points = [point for rows in found for point in rows]
        if not points:
            return None
        west, south, east, north = points
        return west.x, south.y, east.x, north.y

    def within(self, point: Point, metres: float) -> "LocatedQuerySet":
        """Rows within so many metres of a point, by the index in metres."""
        geography = models.PointField(geography=True)
        rows = self.alias(geog=Cast("location", geography))
        return rows.filter(geog__dwithin=(point, D(m=metres)))

    def near(self, point: Point, metres: float) -> "LocatedQuerySet":
        """Rows within so many metres of a point, nearest first, each with `distance`."""
        found = self.within(point, metres)
        return found.annotate(distance=Distance("geog", point)).order_by("distance")


class Located(models.Model):
    """A row with a point in public view, or none. A subclass's Meta must inherit Located.Meta."""

    location = models.PointField(srid=4326, null=True, blank=True)
    morton = models.GeneratedField(
        expression=Morton("location"),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    objects = LocatedQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            # Geometry in degrees serves boxes and tiles; metres need geography, by expression.
            GistIndex(
                Cast("location", models.PointField(geography=True)),
                name="%(app_label)s_%(class)s_geog",
            )
        ]
