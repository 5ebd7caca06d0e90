"""Resources: files and links that help with a pledge, of one hub or of all."""

import datetime

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
    TrigramWordSimilarity,
)
from django.db import models
from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from geo.uploads.models import Upload
from hubs.hub.models import Hub
from pledges.accounts.models import User

# A typo near the end of a word of six letters leaves half of its trigrams.
MIN_SIMILARITY = 0.5


class ResourceQuerySet(models.QuerySet):
    def published(self) -> "ResourceQuerySet":
        """What everybody may see."""
        return self.filter(public=True)

    def of(self, hub: Hub | None) -> "ResourceQuerySet":
        """One hub's own, or (None) those of all hubs together."""
        return self.filter(hub=hub) if hub else self.filter(hub__isnull=True)

    def newest_first(self) -> "ResourceQuerySet":
        return self.order_by("-published_at", "-pk")

    def matching(self, words: str) -> "ResourceQuerySet":
        """With the words, or with a title spelled nearly so; the best match first."""
        query = SearchQuery(words, config="english", search_type="websearch")
        similarity = TrigramWordSimilarity(words, "title")
        found = self.annotate(rank=SearchRank("words", query), similarity=similarity)
        near = Q(words=query) | Q(similarity__gte=MIN_SIMILARITY)
        return found.filter(near).order_by(Greatest("rank", "similarity").desc(), "-pk")

    def with_everything(self) -> "ResourceQuerySet":
        """With what a list shows of each: hub, file, and `downloads`, all days together."""
        total = Coalesce(Sum("download_days__n"), Value(0))
        return self.select_related("hub", "upload").defer("words").annotate(downloads=total)


class Resource(models.Model):
    """A file or a link. A draft, and what is retired, are for its team alone."""

    class Kind(models.TextChoices):
        GUIDE = "guide", _("Guide")
        POSTER = "poster", _("Poster")
        SLIDES = "slides", _("Slides")
        TEMPLATE = "template", _("Template")
        RECORDING = "recording", _("Video or recording")
        LINK = "link", _("Website")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        TEAMS = "teams", _("Teams in health and care")
        LEADERS = "leaders", _("Leaders and organisers")
        PATIENTS = "patients", _("Patients, carers and the public")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        WELSH = "cy", _("Welsh")
        BOTH = "en-cy", _("English and Welsh")
        SIGNED = "bfi", _("British Sign Language")
        OTHER = "other", _("Another language")

    class Licence(models.TextChoices):
        OGL = "ogl", _("Open Government Licence v3.0")
        CC_BY = "cc-by", _("Creative Commons Attribution 4.0")
        CC_BY_SA = "cc-by-sa", _("Creative Commons Attribution-ShareAlike 4.0")
        CC_BY_NC = "cc-by-nc", _("Creative Commons Attribution-NonCommercial 4.0")
        CC0 = "cc0", _("Public domain (CC0)")
        ASK = "ask", _("All rights reserved: ask before you use it elsewhere")

    TERMS = {
        Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
        Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
        Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
        Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    }

    # Identifies the resources of a loaded file; empty for those that people add.
    key = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    # None: of all hubs together.
    hub = models.ForeignKey(Hub, models.CASCADE, null=True, blank=True, related_name="resources")
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=2000, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    licence = models.CharField(max_length=10, choices=Licence)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    public = models.GeneratedField(
        expression=Q(published_at__isnull=False, retired_at__isnull=True),  # type: ignore[arg-type]  # - the stubs forget Q
        output_field=models.BooleanField(),
        db_persist=True,
    )
    words = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("description", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(upload__isnull=False, link="") | Q(upload__isnull=True, link__gt=""),
                name="hubs_resource_file_or_link",
            )
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(public=True), name="hubs_resource_new"
            ),
            GinIndex(fields=["words"], name="hubs_resource_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.pk])

    @property
    def terms(self) -> str:
        """The address of its licence; empty where there is none to read."""
        return self.TERMS.get(self.Licence(self.licence), "")

    @property
    def state(self) -> str:
        """One of "draft", "published" and "retired"."""
        if self.retired_at:
            return "retired"
        return "published" if self.published_at else "draft"


class Downloads(models.Model):
    """How often a file was downloaded or a link followed on a day in London."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="download_days")
    day = models.DateField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads by the day")
        constraints = [
            models.UniqueConstraint(fields=["resource", "day"], name="hubs_downloads_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.resource}, {self.day}: {self.n}"

    @classmethod
    def count(cls, resource: Resource, day: datetime.date) -> None:
        """Add one, in the database: exact under concurrent requests."""
        cls.objects.get_or_create(resource=resource, day=day)
        cls.objects.filter(resource=resource, day=day).update(n=F("n") + 1)
