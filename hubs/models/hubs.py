"""Regional hubs: who helps locally, and which areas they serve."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models.functions import Cast

from geo.models import Area, LocalName, Located, LocatedQuerySet
from geo.models.bilingual import local


class HubQuerySet(LocatedQuerySet):
    def serving(self, area: Area) -> "HubQuerySet":
        return self.filter(areas=area)

    def containing(self, point: Point) -> "HubQuerySet":
        """Hubs with an area that holds the point (SRID 4326); none offshore."""
        return self.filter(areas__in=Area.objects.regions().containing(point)).distinct()

    def by_distance(self, point: Point) -> "HubQuerySet":
        """All hubs, nearest place first by geodesic metres, each with `distance`."""
        geography = models.PointField(geography=True)
        return self.annotate(distance=Distance(Cast("location", geography), point)).order_by(
            "distance"
        )


class Hub(LocalName, Located):
    """A hub. `code` is its region's: an NHS England region's Y code, else the nation's GSS code."""

    code = models.CharField(max_length=9, unique=True, db_collation="C")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    name_cy = models.CharField(max_length=100, blank=True)
    welcome = models.TextField(blank=True)
    welcome_cy = models.TextField(blank=True)
    email = models.EmailField()
    place = models.CharField(max_length=100)
    areas = models.ManyToManyField(Area, related_name="hubs")

    objects = HubQuerySet.as_manager()

    class Meta(Located.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def local_welcome(self) -> str:
        return local(self.welcome, self.welcome_cy)
