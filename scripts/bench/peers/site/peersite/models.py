"""The views of the schema `peers`, as models."""

from django.contrib.gis.db import models


class Pledge(models.Model):
    geom = models.PointField()
    text = models.TextField()
    theme = models.TextField()
    theme_name = models.TextField()
    who = models.TextField()
    i_am = models.TextField(null=True)
    display_name = models.TextField()
    team = models.TextField()
    organisation = models.TextField(null=True)
    organisation_name = models.TextField(null=True)
    show = models.TextField()
    shown_as = models.TextField(null=True)
    district = models.TextField(null=True)
    region = models.TextField(null=True)
    status = models.TextField()
    due = models.DateField(null=True)
    done_at = models.DateField(null=True)
    created = models.DateTimeField()
    likes = models.IntegerField()
    joins = models.IntegerField()
    demo = models.BooleanField()
    url = models.TextField()

    class Meta:
        managed = False
        db_table = "pledge"

    def __str__(self) -> str:
        return self.text


class Spot(models.Model):
    theme = models.SmallIntegerField()
    geom = models.PointField()

    class Meta:
        managed = False
        db_table = "spot"

    def __str__(self) -> str:
        return str(self.pk)


class Summed(models.Model):
    theme = models.SmallIntegerField()
    who = models.SmallIntegerField()
    i_am = models.SmallIntegerField(null=True)
    done = models.BooleanField()
    created = models.DateTimeField()
    organisation = models.BigIntegerField(null=True)
    district = models.BigIntegerField(null=True)
    region = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "sum"

    def __str__(self) -> str:
        return str(self.pk)


class District(models.Model):
    code = models.TextField()
    name = models.TextField()
    geom = models.MultiPolygonField()

    class Meta:
        managed = False
        db_table = "district"

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    id = models.TextField(primary_key=True)
    district_code = models.TextField()
    live = models.BooleanField()
    geom = models.PointField()

    class Meta:
        managed = False
        db_table = "postcode"

    def __str__(self) -> str:
        return self.id


class Place(models.Model):
    name = models.TextField()
    population = models.IntegerField(null=True)
    geom = models.PointField()

    class Meta:
        managed = False
        db_table = "place"

    def __str__(self) -> str:
        return self.name


class Hub(models.Model):
    code = models.TextField()
    name = models.TextField()
    geom = models.PointField()

    class Meta:
        managed = False
        db_table = "hub"

    def __str__(self) -> str:
        return self.name
