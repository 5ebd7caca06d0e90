"""Regional hubs: who helps locally, and which areas they serve."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models.functions import Cast
from django.urls import reverse

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
    about = models.TextField(blank=True, max_length=4000, db_default="")
    about_cy = models.TextField(blank=True, max_length=4000, db_default="")
    email = models.EmailField()
    telephone = models.CharField(max_length=30, blank=True, db_default="")
    website = models.URLField(max_length=300, blank=True, db_default="")
    place = models.CharField(max_length=100)
    # When its own team last worded it; a file of hubs does not undo that.
    edited_at = models.DateTimeField(null=True, blank=True)
    areas = models.ManyToManyField(Area, related_name="hubs")

    objects = HubQuerySet.as_manager()

    class Meta(Located.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def local_welcome(self) -> str:
        return local(self.welcome, self.welcome_cy)

    @property
    def local_about(self) -> str:
        return local(self.about, self.about_cy)

    def get_absolute_url(self) -> str:
        return reverse("hub", args=[self.slug])

    @property
    def team_address(self) -> str:
        """The path of the pages of its team."""
        return reverse("hub-team", args=[self.slug])
