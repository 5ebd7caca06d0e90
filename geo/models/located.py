"""What every dataset on the map has: a public point, its Morton code and an index in metres."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.contrib.postgres.indexes import GistIndex
from django.db.models.functions import Cast

from geo.functions import Morton


class LocatedQuerySet(models.QuerySet):
    def on_map(self) -> "LocatedQuerySet":
        return self.filter(location__isnull=False)

    def in_bbox(self, bbox: Polygon) -> "LocatedQuerySet":
        """Rows whose point meets the box (SRID 4326): OGC's bbox intersects, not contains."""
        return self.filter(location__intersects=bbox)

    def near(self, point: Point, metres: float) -> "LocatedQuerySet":
        """Rows within so many metres of a point, nearest first, each with `distance`."""
        geography = models.PointField(geography=True)
        return (
            self.annotate(geog=Cast("location", geography))
            .filter(geog__dwithin=(point, D(m=metres)))
            .annotate(distance=Distance("geog", point))
            .order_by("distance")
        )


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
