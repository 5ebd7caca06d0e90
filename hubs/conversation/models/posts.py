"""Posts: ideas, questions and challenges, each in one theme, shown where its author chose."""

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.areas.models import Area
from geo.core.functions import LondonDay
from geo.core.located import Located
from geo.counts.spec import Digit, Spec
from geo.live.models import News
from hubs.conversation.models.authorship import IN_VIEW, Written, signed_as_said
from hubs.conversation.models.querysets import PostQuerySet
from hubs.conversation.models.themes import Theme
from pledges.accounts.models import User
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge

POSTS_LAYER = 41  # the number of posts in the counting tables
LONGEST = 1000

# How posts are counted. Changing it needs a migration of `facet` and `check_totals --rebuild`.
SPEC = Spec(
    layer=POSTS_LAYER,
    name="posts",
    part="theme",
    flag="answered",
    collection="posts",
    verb=News.Verb.NEW,
    facts="select morton, coalesce(region_id, 0) as region, coalesce(district_id, 0) as district,"
    " day, show as shown, facet, theme_id as part, organisation_id as owner"
    " from conversation_post where public",
    digits=(
        Digit("theme", Theme.MOST + 1, "theme"),
        Digit("kind", 4, "kind"),
        Digit(
            "answered", 2, Case(When(answered_at__isnull=False, then=Value(1)), default=Value(0))
        ),
    ),
)


class Post(Written, Located):
    """One post. `location` holds only the place in public view; what was typed is not kept."""

    class Kind(models.IntegerChoices):
        IDEA = 1, gettext_lazy("Idea")
        QUESTION = 2, gettext_lazy("Question")
        CHALLENGE = 3, gettext_lazy("Challenge")

    # The same choices as with pledges, kept by the same rule: see `pledges.pledging.public_place`.
    Show = Pledge.Show

    kind = models.SmallIntegerField(choices=Kind)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="posts", db_index=False)
    text = models.CharField(max_length=LONGEST)
    # They said so; nobody asks for proof, and the page says that.
    works_in_care = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="posts", db_index=False
    )
    show = models.SmallIntegerField(choices=Pledge.Show)
    outcode = models.CharField(max_length=4, blank=True)
    district = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    region = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # When a hub or the national team first answered in public, or closed it with a result.
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    result = models.TextField(max_length=LONGEST, blank=True)
    # The post that says the same; whoever asks for this one is led there.
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates"
    )
    # So that a case goes with what it is about.
    cases = GenericRelation("pledges.Case")

    day = models.GeneratedField(
        expression=LondonDay("created_at"), output_field=models.DateField(), db_persist=True
    )
    public = models.GeneratedField(
        expression=Q(**IN_VIEW, merged_into__isnull=True),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    facet = models.GeneratedField(
        expression=SPEC.expression(), output_field=models.SmallIntegerField(), db_persist=True
    )
    words = models.GeneratedField(
        expression=SearchVector("text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PostQuerySet.as_manager()

    class Meta(Located.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="conversation_post_place_as_chosen",
                condition=Q(show__in=[1, 2], location__isnull=False)
                | Q(show=3, location__isnull=True, district__isnull=True)
                | Q(show=4, location__isnull=True, district__isnull=True, region__isnull=True),
            ),
            models.CheckConstraint(
                name="conversation_post_organisation_named",
                condition=~Q(show=1) | Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="conversation_post_outcode_named",
                condition=Q(show=2, outcode__gt="") | (~Q(show=2) & Q(outcode="")),
            ),
            # Who is anonymous is in a region at the finest, and in no organisation.
            models.CheckConstraint(
                name="conversation_post_anonymous_in_a_region",
                condition=~Q(signed=3) | Q(show__in=[3, 4], organisation__isnull=True),
            ),
            signed_as_said("conversation_post_signed_as_said"),
            models.CheckConstraint(
                name="conversation_post_closed_with_a_result",
                condition=Q(closed_at__isnull=True, result="")
                | Q(closed_at__isnull=False, answered_at__isnull=False, result__gt=""),
            ),
            models.CheckConstraint(
                name="conversation_post_no_duplicate_of_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
            ),
        ]
        indexes = [
            *Located.Meta.indexes,
            # Tiles read this alone, without the table.
            models.Index(
                fields=["morton"],
                include=["id", "facet", "day", "region"],
                condition=Q(public=True, morton__isnull=False),
                name="conversation_post_tile",
            ),
            # Lists, newest first, bounded by keyset; by facet one short scan a facet code. Posts of
            # some days are counted in it, without the table.
            models.Index(
                fields=["created_at", "id"],
                include=["day", "facet", "show", "region"],
                condition=Q(public=True),
                name="conversation_post_newest",
            ),
            models.Index(
                fields=["facet", "created_at", "id"],
                condition=Q(public=True),
                name="conversation_post_facet",
            ),
            models.Index(
                fields=["region", "facet", "created_at", "id"],
                condition=Q(public=True),
                name="conversation_post_region_facet",
            ),
            models.Index(
                fields=["organisation", "created_at", "id"],
                include=["facet", "show", "morton"],
                condition=Q(public=True),
                name="conversation_post_organisation",
            ),
            models.Index(
                fields=["district", "created_at", "id"],
                include=["facet", "show", "morton"],
                condition=Q(public=True),
                name="conversation_post_district",
            ),
            # Whether a post that is much supported, or lately discussed, passes the filters.
            models.Index(
                fields=["id"],
                include=["facet", "day", "region", "district", "organisation"],
                condition=Q(public=True),
                name="conversation_post_facts",
            ),
            # Whether there is any demo content is asked on every page.
            models.Index(fields=["id"], condition=Q(demo=True), name="conversation_post_demo"),
            GinIndex(fields=["words"], name="conversation_post_words"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def place(self) -> str:
        """Where it is shown, in words; empty where it has no place."""
        if self.show == self.Show.ORGANISATION:
            return self.organisation.name
        if self.show == self.Show.OUTCODE:
            return _("somewhere in %(place)s") % {"place": self.outcode}
        return self.region.local_name if self.region else ""

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @property
    def answered(self) -> bool:
        return self.answered_at is not None


def _first(order: str, *filtered: str) -> models.Index:
    """An index of the posts in view in this order, under the values that are filtered by."""
    initials = "".join(name[0] for name in filtered)
    return models.Index(
        fields=[*filtered, order, "post"],
        condition=Q(public=True),
        name=f"conversation_by_{order}_{initials}".rstrip("_"),
    )


class PostCounts(models.Model):
    """What others do with one post, apart from it so that a support does not rewrite the post.

    `last_at` is when it was last discussed: the moment of its last reply, or its own. What lists
    are filtered by stands here too, so that the first of an order are found by one index. Triggers
    write all of it.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="counts")
    supports = models.IntegerField(default=0)
    replies = models.IntegerField(default=0)
    follows = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    public = models.BooleanField(default=False)
    facet = models.SmallIntegerField(default=0)
    region = models.IntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "counts of a post"
        verbose_name_plural = "counts of posts"
        indexes = [
            _first("supports"),
            _first("supports", "facet"),
            _first("supports", "region", "facet"),
            _first("last_at"),
            _first("last_at", "facet"),
            _first("last_at", "region", "facet"),
            # Those of some days, read without the table: a short scan a day, or all of few days.
            models.Index(
                fields=["day", "last_at", "post"],
                include=["facet", "region", "supports"],
                condition=Q(public=True),
                name="conversation_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supports} supports, {self.replies} replies"
