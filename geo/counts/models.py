"""Counts kept beside a layer: the queue of changes, the pyramid, the cube, the ledger.

A layer's statement-level trigger appends to `Change`; the worker folds the queue into the three
counting tables in one transaction (`geo.counts.fold`). Nothing else writes here. `layer` is the
small number that `geo.counts.spec.Spec` gives a layer.
"""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models.functions import Now


class Change(models.Model):
    """One row to add (sign 1) or to take away (sign -1), waiting for the fold.

    `key` names the feature in the log of news (`geo.models.News`); null publishes nothing. Sign 0
    counts nothing and is only published; with an empty key it means the whole collection.
    """

    layer = models.SmallIntegerField()
    sign = models.SmallIntegerField()
    morton = models.BigIntegerField(null=True)
    region = models.IntegerField(default=0, db_default=0)
    district = models.IntegerField(default=0, db_default=0)
    day = models.DateField(db_default=Now())
    shown = models.SmallIntegerField(default=0, db_default=0)
    facet = models.SmallIntegerField(default=0, db_default=0)
    part = models.SmallIntegerField(default=0, db_default=0)
    owner = models.BigIntegerField(null=True)
    key = models.CharField(max_length=100, null=True)


class Cell(models.Model):
    """Cluster pyramid: one row a grid cell; cell zoom `cz` 2 to 17 (a 256 px tile of zoom z has
    4 x 4 cells of cz = z + 2), and 24 for single spots. `parts` counts by the ring's facet."""

    pk = models.CompositePrimaryKey("layer", "cz", "morton")
    layer = models.SmallIntegerField()
    cz = models.SmallIntegerField()
    morton = models.BigIntegerField()
    n = models.IntegerField()
    # Sums of pixel columns and rows at zoom 24: the cluster's mean point is sum / n.
    sum_x = models.BigIntegerField()
    sum_y = models.BigIntegerField()
    parts = ArrayField(models.IntegerField())


class Cube(models.Model):
    """Counts by cell (cz 2 to 12), period, region and facet: what filtered tiles are summed from.

    `period` is 0 for all time, a year (2014) or a month (201403); a span of whole months is a
    few years and the months at its ends.
    """

    pk = models.CompositePrimaryKey("layer", "cz", "period", "morton", "region", "facet")
    layer = models.SmallIntegerField()
    cz = models.SmallIntegerField()
    period = models.IntegerField()
    morton = models.BigIntegerField()
    region = models.IntegerField()
    facet = models.SmallIntegerField()
    n = models.IntegerField()


class Ledger(models.Model):
    """Counts by area or organisation and by period: what totals and dashboards are read from.

    `period` is 0 for all time, a year or a month as in `Cube`, or a day (20140303), so that any
    span of days is a few years, months and days; facets of districts and owners have no days.
    `facet` is a facet code or, in the dimensions without facets, the value of the layer's flag.
    `shown` is where the row is shown: in AREA_FACET of layers that are on the map, else 0.
    A district that lies in two regions has a place in each.
    """

    class Dimension(models.IntegerChoices):
        AREA = 1  # place: a region or a nation, 0 for everything
        AREA_FACET = 2  # the same by facet and by where it is shown
        DISTRICT = 3  # within a region, place: a district, 0 elsewhere in the region
        DISTRICT_FACET = 4  # the same by facet
        OWNER = 5  # place: the row of another table that the counted rows belong to
        OWNER_FACET = 6  # the same by facet

    pk = models.CompositePrimaryKey(
        "layer", "dimension", "period", "within", "place", "facet", "shown"
    )
    layer = models.SmallIntegerField()
    dimension = models.SmallIntegerField()
    period = models.IntegerField()
    within = models.IntegerField()
    place = models.BigIntegerField()
    facet = models.SmallIntegerField()
    shown = models.SmallIntegerField()
    n = models.IntegerField()


class Fold(models.Model):
    """The state that a layer's counts show: the number of its folds so far, and the last one."""

    layer = models.SmallIntegerField(primary_key=True)
    version = models.BigIntegerField(default=0)
    folded_at = models.DateTimeField()


class Moved(models.Model):
    """The spots (Morton codes) whose counts a fold moved, by the version that it made.

    The last few folds' only. A version without a row may have moved any.
    """

    pk = models.CompositePrimaryKey("layer", "version")
    layer = models.SmallIntegerField()
    version = models.BigIntegerField()
    spots = ArrayField(models.BigIntegerField())
