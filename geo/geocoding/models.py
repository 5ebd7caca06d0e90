"""The gazetteer: postcodes with their outcodes and sectors, and named places."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex


class Postcode(models.Model):
    """A unit postcode. `code` has letters and digits only: SO140AA."""

    # COLLATE "C" lets the primary key answer prefix searches (code LIKE 'SO14%').
    code = models.CharField(max_length=7, primary_key=True, db_collation="C")
    location = models.PointField(srid=4326)
    district_code = models.CharField(max_length=9, db_collation="C", blank=True)
    live = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"


class PostcodeGroup(models.Model):
    """What the postcodes of an outcode or a sector have in common; median of the live ones."""

    location = models.PointField(srid=4326)
    # The district with the most live postcodes, or a Crown dependency's country: IM, JE, GG.
    district_code = models.CharField(max_length=9, db_collation="C", blank=True)
    postcodes = models.IntegerField()
    # West, south, east, north of the same postcodes in degrees; empty where none is located.
    bounds = ArrayField(models.FloatField(), size=4, default=list, blank=True)

    class Meta:
        abstract = True


class Outcode(PostcodeGroup):
    """The part of a postcode before the space: SO14."""

    code = models.CharField(max_length=4, primary_key=True, db_collation="C")
    # Named where an outcode has no located postcodes: the Channel Islands and the Isle of Man.
    town = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.code


class Sector(PostcodeGroup):
    """The outcode and the first digit after the space, without the space: SO140."""

    code = models.CharField(max_length=5, primary_key=True, db_collation="C")

    def __str__(self) -> str:
        return f"{self.code[:-1]} {self.code[-1]}"


class Place(models.Model):
    """A city, town, village or suburb; the key is its GeoNames id."""

    id = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    population = models.IntegerField()
    location = models.PointField(srid=4326)
    # The district around, or a Crown dependency's country: IM, JE, GG.
    district_code = models.CharField(max_length=9, db_collation="C", blank=True)

    class Meta:
        ordering = ["-population"]

    def __str__(self) -> str:
        return self.name


class PlaceName(models.Model):
    """A name by which a place is searched, normalised: no accents, `st` written `saint`."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200, db_collation="C", db_index=True)
    # The place's own name, and not another language's or an older one.
    own = models.BooleanField()

    class Meta:
        indexes = [
            GinIndex(fields=["text"], name="geo_placename_trigram", opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.text


class Dataset(models.Model):
    """What was loaded last: a loader that finds the same version here has nothing to do."""

    name = models.CharField(max_length=50, primary_key=True)
    version = models.CharField(max_length=500)
    rows = models.IntegerField()
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
