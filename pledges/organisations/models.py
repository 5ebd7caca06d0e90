"""Organisations that provide, commission or support health and care."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core.located import Located, LocatedQuerySet
from geo.counts import ledger
from geo.geocoding.normalise import normalise
from pledges.accounts.models import User

PLEDGES_LAYER = 1  # the number of pledges in the counting tables


class OrganisationQuerySet(LocatedQuerySet):
    def open(self) -> "OrganisationQuerySet":
        return self.filter(closed__isnull=True)

    def with_pledges(self) -> "OrganisationQuerySet":
        """With `pledge_count`, the number of public pledges, as the last fold counted them."""
        entries = ledger.of_owners(PLEDGES_LAYER).filter(place=models.OuterRef("pk"))
        total = entries.values("place").annotate(total=models.Sum("n")).values("total")
        return self.annotate(pledge_count=Coalesce(models.Subquery(total), 0))

    def with_areas(self) -> "OrganisationQuerySet":
        """With district and region in the same query, without their boundaries."""
        shapes = ("boundary", "boundary_low")
        areas = ("district", "region")
        return self.select_related(*areas).defer(*(f"{a}__{s}" for a in areas for s in shapes))

    def by_code(self, code: str) -> "OrganisationQuerySet":
        """The organisation with this ODS code (any case) or, without a code, this slug."""
        return self.filter(models.Q(code=code.upper()) | models.Q(slug=code.lower()))

    def called(self, words: str) -> "OrganisationQuerySet":
        """Organisations with this code, or with the words in a name, former name or site name.

        Best first, open ones before closed, each with `rank`: 0 the code or the whole name, 1 the
        beginning of the name, 2 of a former or site name, 3 the words together, 4 in any order.
        """
        wanted = normalise(words)
        if not wanted:
            return self.none()
        # Each condition is one that the trigram index answers.
        anywhere = Q()
        for word in wanted.split():
            anywhere &= Q(search_text__contains=word)
        exact = Q(code=words.strip().upper()) | Q(search_text__startswith=f"{wanted}\n")
        found = self.filter(exact | anywhere).annotate(
            rank=Case(
                When(exact, then=0),
                When(search_text__startswith=wanted, then=1),
                When(search_text__contains=f"\n{wanted}", then=2),
                When(search_text__contains=wanted, then=3),
                default=4,
            )
        )
        return found._open_first("rank", "name", "pk")

    def nearly_called(self, words: str) -> "OrganisationQuerySet":
        """Organisations with a name spelled much like the words, the likest first.

        How like is for pg_trgm.word_similarity_threshold to say: 0.6 unless set otherwise.
        """
        wanted = normalise(words)
        if not wanted:
            return self.none()
        found = self.filter(search_text__trigram_word_similar=wanted).annotate(
            likeness=TrigramWordSimilarity(wanted, "search_text")
        )
        return found._open_first("-likeness", "name", "pk")

    def _open_first(self, first: str, *others: str) -> "OrganisationQuerySet":
        ended = Case(When(closed__isnull=True, then=Value(0)), default=Value(1))
        return self.annotate(ended=ended).order_by(first, "ended", *others)


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

    def other_name_with(self, words: str) -> str:
        """The former or site name that has all the words, or nothing if the name itself has."""
        wanted = normalise(words).split()
        for name in (self.name, *self.former_names, *self.site_names):
            if all(word in normalise(name) for word in wanted):
                return "" if name == self.name else name
        return ""


class FormerAddress(models.Model):
    """A code or slug whose organisation was merged into another, where its address leads."""

    word = models.CharField(max_length=120, primary_key=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_addresses")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.word


class SetAside(models.Model):
    """A name that people typed for an organisation, which an operator left as it is."""

    name = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("name left unlisted")
        verbose_name_plural = _("names left unlisted")
        constraints = [models.UniqueConstraint(Upper("name"), name="pledges_setaside_once")]

    def __str__(self) -> str:
        return self.name
