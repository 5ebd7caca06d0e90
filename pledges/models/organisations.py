"""Organisations that provide, commission or support health and care."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from geo.geocoding.names import normalise
from geo.models import Area, Located, LocatedQuerySet, Owner

PLEDGES_LAYER = 1  # the number of pledges in the counting tables


class OrganisationQuerySet(LocatedQuerySet):
    def open(self) -> "OrganisationQuerySet":
        return self.filter(closed__isnull=True)

    def with_pledges(self) -> "OrganisationQuerySet":
        """With `pledge_count`, the number of public pledges, as the last fold counted them."""
        counted = Owner.objects.filter(layer=PLEDGES_LAYER, owner=models.OuterRef("pk"))
        return self.annotate(pledge_count=Coalesce(models.Subquery(counted.values("n")[:1]), 0))

    def by_code(self, code: str) -> "OrganisationQuerySet":
        """The organisation with this ODS code (any case) or, without a code, this slug."""
        return self.filter(models.Q(code=code.upper()) | models.Q(slug=code.lower()))

    def called(self, words: str) -> "OrganisationQuerySet":
        """Organisations with this code or name, former name or site name, or part of one.

        Best first, each with `rank`: 0 the code or the whole name, 1 the beginning of the name,
        2 of a former or site name, 3 the words together, 4 the words apart, 5 nearly so spelled.
        """
        wanted = normalise(words)
        if not wanted:
            return self.none()
        apart = Q()
        for word in wanted.split():
            apart &= Q(search_text__contains=word)
        exact = Q(code=words.strip().upper()) | Q(search_text__startswith=f"{wanted}\n")
        # Each condition is one that the trigram index answers.
        return (
            self.filter(exact | apart | Q(search_text__trigram_word_similar=wanted))
            .annotate(
                rank=Case(
                    When(exact, then=0),
                    When(search_text__startswith=wanted, then=1),
                    When(search_text__contains=f"\n{wanted}", then=2),
                    When(search_text__contains=wanted, then=3),
                    When(apart, then=4),
                    default=5,
                ),
                ended=Case(When(closed__isnull=True, then=Value(0)), default=Value(1)),
                likeness=TrigramWordSimilarity(wanted, "search_text"),
            )
            .order_by("rank", "ended", "-likeness", "name", "pk")
        )


class Organisation(Located):
    class Kind(models.TextChoices):
        TRUST = "trust", _("Hospital trust")
        MENTAL_HEALTH = "mental-health", _("Mental health trust")
        COMMUNITY = "community", _("Community trust")
        AMBULANCE = "ambulance", _("Ambulance trust")
        HEALTH_BOARD = "health-board", _("Health board")
        HSC_TRUST = "hsc-trust", _("Health and social care trust")
        ICB = "icb", _("Integrated care board")
        NATIONAL = "national", _("National body")
        OTHER = "other", _("Other organisation")

    # ODS code; absent where a body has none, and then the slug names it.
    code = models.CharField(max_length=12, unique=True, null=True, blank=True, db_collation="C")
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    former_names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    site_names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    email_domains = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    district = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )
    demo = models.BooleanField(default=False)
    # Name, former names, sites and code, a line each, normalised: what `called` looks in.
    search_text = models.TextField(blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta(Located.Meta):
        ordering = ["name"]
        indexes = [
            *Located.Meta.indexes,
            GinIndex(
                fields=["search_text"],
                name="pledges_organisation_search",
                opclasses=["gin_trgm_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_code(self) -> str:
        """What stands in addresses and answers: the ODS code, else the slug."""
        return self.code or self.slug

    def save(self, *args, **kwargs) -> None:
        self.search_text = self.words_to_search()
        super().save(*args, **kwargs)

    def words_to_search(self) -> str:
        """What `search_text` holds; bulk writes, which do not come through `save`, set it so."""
        names = [self.name, *self.former_names, *self.site_names, self.code or ""]
        return "".join(f"{line}\n" for line in map(normalise, names) if line)
