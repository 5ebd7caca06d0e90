"""Themes, pledges, likes, joins and Change Days."""

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core.bilingual import LocalName
from geo.core.functions import LondonDay
from geo.core.located import Located, LocatedQuerySet
from geo.counts.spec import Digit, Spec
from geo.live.models import News
from pledges.accounts.models import User
from pledges.organisations.models import PLEDGES_LAYER, Organisation


class PledgeQuerySet(LocatedQuerySet):
    def public(self) -> "PledgeQuerySet":
        """Confirmed, not withdrawn by the author and not hidden by a moderator."""
        return self.filter(public=True)

    def matching(self, words: str) -> "PledgeQuerySet":
        """Pledges whose text or name has the words, as a web search reads them."""
        return self.filter(words=SearchQuery(words, config="english", search_type="websearch"))

    def teams(self, most: int) -> QuerySet:
        """The teams with most of these pledges: {"team", "n"}."""
        named = self.filter(team__gt="").order_by().values("team").annotate(n=Count("*"))
        return named.order_by("-n", "team")[:most]

    def newest_first(self) -> "PledgeQuerySet":
        return self.order_by("-created_at", "-id")

    def with_everything(self) -> "PledgeQuerySet":
        """With what a list shows of each pledge, in one query."""
        related = ("theme", "organisation", "region", "district", "counts")
        return self.select_related(*related).defer(
            "words",
            "region__boundary",
            "region__boundary_low",
            "district__boundary",
            "district__boundary_low",
        )


class ChangeDayQuerySet(models.QuerySet):
    def next(self) -> "ChangeDay | None":
        """The Change Day today or soonest after it."""
        return self.filter(date__gte=timezone.localdate()).order_by("date").first()


class ChangeDay(LocalName, models.Model):
    date = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    name_cy = models.CharField(max_length=100, blank=True)
    goal = models.PositiveIntegerField(null=True, blank=True)
    # What was reported on the day, where no pledge of that day is held here.
    reported = models.PositiveIntegerField(null=True, blank=True)

    objects = ChangeDayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return self.name

    @property
    def days_left(self) -> int:
        return (self.date - timezone.localdate()).days


class Theme(LocalName, models.Model):
    """What pledges are about. `number` is the theme's place in counts and never changes."""

    MOST = 12  # places in the counts

    number = models.SmallIntegerField(primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    name_cy = models.CharField(max_length=100, blank=True)
    description = models.TextField(blank=True)
    colour = models.CharField(max_length=7)
    symbol = models.CharField(max_length=10)
    position = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, 12)), name="pledges_theme_number_1_to_12"
            )
        ]

    def __str__(self) -> str:
        return self.name


# How pledges are counted. Changing it needs a migration of `facet` and `rebuild_totals`.
SPEC = Spec(
    layer=PLEDGES_LAYER,
    name="pledges",
    part="theme",
    flag="done",
    collection="pledges",
    verb=News.Verb.NEW,
    facts="select morton, coalesce(region_id, 0) as region, coalesce(district_id, 0) as district,"
    " day, show as shown, facet, theme_id as part, organisation_id as owner"
    " from pledges_pledge where public",
    digits=(
        Digit("theme", Theme.MOST + 1, "theme"),
        Digit("who", 4, "who"),
        Digit("i_am", 5, Coalesce("i_am", Value(0))),
        Digit("done", 2, Case(When(done_at__isnull=False, then=Value(1)), default=Value(0))),
    ),
)


class Pledge(Located):
    """One promise. `location` holds only the place in public view; what was typed is not kept."""

    class Who(models.IntegerChoices):
        PERSON = 1, _("A person")
        TEAM = 2, _("A team")
        ORGANISATION = 3, _("A whole organisation")

    class IAm(models.IntegerChoices):
        NHS = 1, _("Works in the NHS")
        ALONGSIDE = 2, _("Works alongside the NHS")
        PATIENT = 3, _("Patient or carer")
        PUBLIC = 4, _("Member of the public")

    class Show(models.IntegerChoices):
        ORGANISATION = 1, _("At the organisation")
        OUTCODE = 2, _("Somewhere in the first half of the postcode")
        REGION = 3, _("In the region, not on the map")
        NONE = 4, _("Not on the map")

    text = models.CharField(max_length=500)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="pledges", db_index=False)
    who = models.SmallIntegerField(choices=Who, default=Who.PERSON)
    i_am = models.SmallIntegerField(choices=IAm, null=True, blank=True)
    display_name = models.CharField(max_length=100, blank=True)
    team = models.CharField(max_length=100, blank=True)
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="pledges")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="pledges", db_index=False
    )
    # What the person called an organisation that our list has not, until an operator settles it.
    unlisted = models.CharField(max_length=200, blank=True, db_default="")
    show = models.SmallIntegerField(choices=Show)
    # Shown as "somewhere in SO14"; empty unless `show` is OUTCODE.
    outcode = models.CharField(max_length=4, blank=True)
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    region = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    due = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # The author answered the mail. `confirmed_at` comes once nothing else is waited for either:
    # a pledge for a whole organisation needs the approval of somebody there, or of an operator.
    verified_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    # It waits for a moderator before anybody sees it, for what `pledges.decency` found in its text.
    held_at = models.DateTimeField(null=True, blank=True)
    # Others may write to the author, through us: neither sees the other's address.
    contactable = models.BooleanField(default=False, db_default=False)
    # The wording is frozen once somebody has joined; a later correction shows as one.
    corrected_at = models.DateTimeField(null=True, blank=True)
    # Where a joiner's own copy came from when its author withdrew.
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    # What the form wrote on its one submission: the same again makes no second pledge.
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    demo = models.BooleanField(default=False)
    # So that a case goes with what it is about.
    cases = GenericRelation("pledges.Case")

    day = models.GeneratedField(
        expression=LondonDay("created_at"), output_field=models.DateField(), db_persist=True
    )
    done = models.GeneratedField(
        expression=Q(done_at__isnull=False), output_field=models.BooleanField(), db_persist=True
    )
    public = models.GeneratedField(
        expression=Q(confirmed_at__isnull=False, withdrawn_at__isnull=True, hidden_at__isnull=True),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    facet = models.GeneratedField(
        expression=SPEC.expression(), output_field=models.SmallIntegerField(), db_persist=True
    )
    # Stored, as a phrase is looked up again in each row that the index finds.
    words = models.GeneratedField(
        expression=SearchVector("text", "display_name", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PledgeQuerySet.as_manager()

    class Meta(Located.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [
            # A point only where the person chose one; what is shown at region level, or nowhere,
            # is never counted below it.
            models.CheckConstraint(
                name="pledges_pledge_place_as_chosen",
                condition=Q(show__in=[1, 2], location__isnull=False)
                | Q(show=3, location__isnull=True, district__isnull=True)
                | Q(show=4, location__isnull=True, district__isnull=True, region__isnull=True),
            ),
            models.CheckConstraint(
                name="pledges_pledge_organisation_named",
                condition=~Q(show=1) | Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="pledges_pledge_outcode_named",
                condition=Q(show=2, outcode__gt="") | (~Q(show=2) & Q(outcode="")),
            ),
            models.CheckConstraint(
                name="pledges_pledge_whole_organisation_named",
                condition=Q(who=1) | Q(organisation__isnull=False) | Q(unlisted__gt=""),
            ),
        ]
        indexes = [
            *Located.Meta.indexes,
            # Tiles read these three alone, without the table: the Morton range of a tile is
            # contiguous, and what filters ask and clusters show is included.
            models.Index(
                fields=["morton"],
                include=["id", "facet", "day", "region"],
                condition=Q(public=True, morton__isnull=False),
                name="pledges_pledge_tile",
            ),
            # Where an organisation's pledges are, too: see `pledges.aggregates.whereabouts`.
            models.Index(
                fields=["organisation", "morton"],
                include=["id", "facet", "day", "region", "show", "district", "due"],
                condition=Q(public=True),
                name="pledges_pledge_org_tile",
            ),
            models.Index(
                fields=["district", "morton"],
                include=["id", "facet", "day", "region", "show"],
                condition=Q(public=True),
                name="pledges_pledge_district_tile",
            ),
            # The days at the ends of a span that are not whole months.
            models.Index(
                fields=["day"],
                include=["morton", "facet", "region", "show"],
                condition=Q(public=True),
                name="pledges_pledge_day",
            ),
            # Lists, newest first, bounded by keyset; by facet one short scan a facet code.
            models.Index(
                fields=["created_at", "id"], condition=Q(public=True), name="pledges_pledge_newest"
            ),
            models.Index(
                fields=["facet", "created_at", "id"],
                condition=Q(public=True),
                name="pledges_pledge_facet",
            ),
            models.Index(
                fields=["region", "facet", "created_at", "id"],
                condition=Q(public=True),
                name="pledges_pledge_region_facet",
            ),
            models.Index(
                fields=["organisation", "created_at", "id"],
                condition=Q(public=True),
                name="pledges_pledge_organisation",
            ),
            models.Index(
                fields=["organisation", "team"],
                include=["facet"],
                condition=Q(public=True, team__gt=""),
                name="pledges_pledge_teams",
            ),
            models.Index(
                fields=["district", "created_at", "id"],
                condition=Q(public=True),
                name="pledges_pledge_district",
            ),
            # The wall: what was done lately, and whether one that is liked or joined passes.
            models.Index(
                fields=["done_at", "id"],
                include=["facet", "day", "region", "district", "organisation"],
                condition=Q(public=True, done_at__isnull=False),
                name="pledges_pledge_done",
            ),
            models.Index(
                fields=["id"],
                include=["facet", "day", "region", "district", "organisation"],
                condition=Q(public=True),
                name="pledges_pledge_facts",
            ),
            # Reminders, some at a time: what is due on a day, and on Change Days all that is open.
            models.Index(
                fields=["due", "id"],
                condition=Q(public=True, due__isnull=False),
                name="pledges_pledge_due",
            ),
            models.Index(
                fields=["id"],
                condition=Q(public=True, done_at__isnull=True, author__isnull=False),
                name="pledges_pledge_open",
            ),
            # Promises that are not due yet, and those with a day of their own since a Change Day.
            models.Index(
                fields=["due"],
                include=["day", "facet", "region", "district", "organisation"],
                condition=Q(public=True, due__isnull=False, done_at__isnull=True),
                name="pledges_pledge_owed",
            ),
            models.Index(
                fields=["unlisted", "id"],
                condition=Q(unlisted__gt=""),
                name="pledges_pledge_unlisted",
            ),
            # Whether there is any demo content is asked on every page.
            models.Index(fields=["id"], condition=Q(demo=True), name="pledges_pledge_demo"),
            GinIndex(fields=["words"], name="pledges_pledge_words"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class PledgeCounts(models.Model):
    """Likes and joins of one pledge, apart from it so that a like does not rewrite the pledge."""

    pledge = models.OneToOneField(Pledge, models.CASCADE, primary_key=True, related_name="counts")
    likes = models.IntegerField(default=0)
    joins = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("counts of a pledge")
        verbose_name_plural = _("counts of pledges")
        indexes = [
            models.Index(fields=["likes", "pledge"], name="pledges_counts_likes"),
            models.Index(fields=["joins", "pledge"], name="pledges_counts_joins"),
        ]

    def __str__(self) -> str:
        return f"{self.likes} likes, {self.joins} joins"


class Like(models.Model):
    """A person likes a pledge: once, until undone."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="like_set", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="likes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "person"], name="pledges_like_once")
        ]
        indexes = [
            # The days at the ends of a span that are not whole months.
            models.Index(fields=["created_at"], include=["pledge"], name="pledges_like_day")
        ]

    def __str__(self) -> str:
        return f"{self.person} likes {self.pledge_id}"


class Join(models.Model):
    """A person makes somebody's pledge their own part of it: once, until undone.

    `text` is the wording that was joined: a correction by the author does not change what the
    joiner promised. Done, story and certificate are the joiner's own.
    """

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="join_set", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="joins")
    text = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "person"], name="pledges_join_once")
        ]
        indexes = [
            # Who may be reminded on a Change Day, some at a time.
            models.Index(
                fields=["id"], condition=Q(done_at__isnull=True), name="pledges_join_open"
            ),
            models.Index(fields=["created_at"], include=["pledge"], name="pledges_join_day"),
            models.Index(
                fields=["done_at"],
                include=["pledge"],
                condition=Q(done_at__isnull=False),
                name="pledges_join_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} joined {self.pledge_id}"
