"""Areas: nations, the ten regions and local authority districts, from dated editions."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import GEOSGeometry, Point
from django.contrib.postgres.indexes import GinIndex
from django.utils.translation import gettext_lazy as _

from geo.core.bilingual import LocalName


class Edition(models.Model):
    """A dated issue of boundaries, e.g. the districts as they stood in May 2025."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    source = models.CharField(max_length=500)
    licence = models.CharField(max_length=200)

    class Meta:
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return self.name


class AreaQuerySet(models.QuerySet):
    def current(self) -> "AreaQuerySet":
        return self.filter(ended__isnull=True)

    def regions(self) -> "AreaQuerySet":
        return self.current().filter(kind=Area.Kind.REGION)

    def districts(self) -> "AreaQuerySet":
        return self.current().filter(kind=Area.Kind.DISTRICT)

    def nations(self) -> "AreaQuerySet":
        return self.current().filter(kind=Area.Kind.NATION)

    def containing(self, point: Point) -> "AreaQuerySet":
        """Areas whose boundary holds the point (SRID 4326), through the subdivided pieces."""
        pieces = AreaPiece.objects.filter(shape__intersects=point)
        return self.filter(pk__in=pieces.values("area"))

    def in_bbox(self, bbox: GEOSGeometry) -> "AreaQuerySet":
        """Areas with any part in the box (SRID 4326)."""
        return self.filter(boundary__intersects=bbox)

    def extent(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of the boundaries in degrees, or None without areas."""
        return self.order_by().aggregate(box=Extent("boundary"))["box"]

    def without_boundaries(self) -> "AreaQuerySet":
        return self.defer("boundary", "boundary_low")


class Area(LocalName, models.Model):
    """One area. A GSS or ODS code names one shape for ever: a redrawn area gets a new code."""

    class Kind(models.TextChoices):
        NATION = "nation", _("Nation")
        REGION = "region", _("Region")
        DISTRICT = "district", _("District")

    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=9, db_collation="C")
    name = models.CharField(max_length=100)
    name_cy = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="areas")
    ended = models.DateField(null=True, blank=True)
    label = models.PointField(srid=4326)
    boundary = models.MultiPolygonField(srid=4326)
    boundary_low = models.MultiPolygonField(srid=4326, null=True, spatial_index=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            # Scotland, Wales and Northern Ireland are a nation and a region with one code.
            models.UniqueConstraint(fields=["kind", "code"], name="geo_area_kind_code")
        ]

    def __str__(self) -> str:
        return self.name


class AreaPiece(models.Model):
    """A part of a boundary small enough (128 vertices) that a point is found in it at once."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="pieces")
    shape = models.PolygonField(srid=4326)

    def __str__(self) -> str:
        return f"{self.area} ({self.pk})"


class AreaName(models.Model):
    """A name by which an area is searched, normalised as `PlaceName` is: English and Welsh."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="names")
    text = models.CharField(max_length=100, db_collation="C", db_index=True)

    class Meta:
        indexes = [
            GinIndex(fields=["text"], name="geo_areaname_trigram", opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.text


class Population(models.Model):
    """How many people live in an area, as a file of the operator's says: `load_populations`."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="population")
    residents = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.area}: {self.residents}"


class RegionException(models.Model):
    """Postcodes of a district that belong to another region than the rest of the district.

    The NHS splits Cumbria where the districts of 2023 do not: postcode area LA is North West.
    """

    district = models.ForeignKey(Area, models.CASCADE, related_name="region_exceptions")
    postcode_area = models.CharField(max_length=2)
    region = models.ForeignKey(Area, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "postcode_area"], name="geo_regionexception_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.postcode_area} in {self.district}: {self.region}"
