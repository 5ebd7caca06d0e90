"""The log of changes to features, which live pages and mirrors follow."""

import datetime
from enum import IntEnum

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import BrinIndex
from django.db.models import Max
from django.utils.translation import gettext_lazy as _


class NewsQuerySet(models.QuerySet):
    def after(self, since: int) -> "NewsQuerySet":
        return self.filter(id__gt=since).order_by("id")

    def older_than(self, moment: datetime.datetime) -> "NewsQuerySet":
        """Entries from before a moment except the last, from which on nothing is missing."""
        old = self.filter(at__lt=moment)
        return old.filter(id__lt=old.aggregate(last=Max("id"))["last"] or 0)


class News(models.Model):
    """One thing that happened to a feature of a published collection, without its content.

    Only the fold writes here, one at a time: a reader of one id has seen all before it. `key` is
    the last part of the feature's address in the API.
    """

    class Verb(IntEnum):
        NEW = 1
        CHANGED = 2
        GONE = 3
        JOINED = 4
        DONE = 5
        ANEW = 6  # the whole collection, which was loaded or emptied; `key` is empty

    collection = models.CharField(max_length=40)
    key = models.CharField(max_length=100, blank=True)
    verb = models.SmallIntegerField()
    at = models.DateTimeField()

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the news")
        verbose_name_plural = _("news")
        indexes = [BrinIndex(fields=["at"], name="geo_news_at")]

    def __str__(self) -> str:
        return f"{self.id} {self.collection} {self.key} {self.verb}"
