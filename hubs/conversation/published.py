"""Posts as they are published: the collection, and the fields of a feature. Nothing private.

No field is added by a change of the models alone.
"""

import datetime
from functools import partial

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.core.keyset import Page
from geo.counts import fold
from geo.ogcapi.fields import (
    CountField,
    EnumField,
    FirstOfField,
    PageUrlField,
    ShapeField,
    SwitchField,
    UtcDateTimeField,
)
from geo.ogcapi.layers import Layer
from hubs.conversation.feed import listing
from hubs.conversation.filters import KIND, PostFilters, parameters
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import SPEC, Post
from hubs.conversation.models.querysets import PostQuerySet
from hubs.conversation.tiles import clusters
from hubs.conversation.totals import count, version
from pledges.feed.sorting import NEWEST
from pledges.serializers import SHOW, SHOWN_AS

SIGNED = {Signed.NAME: "name", Signed.ROLE: "role", Signed.ANONYMOUS: "anonymous"}


class PostSerializer(GeoFeatureModelSerializer):
    """A public post. Its geometry is the place in public view, or null."""

    geometry = ShapeField("Point", source="location", label=_("Place in public view"))
    kind = EnumField({code: word for word, code in KIND.items()}, label=_("Kind"))
    theme = serializers.CharField(source="theme.slug", label=_("Theme"))
    theme_name = serializers.CharField(source="theme.name", label=_("Name of the theme"))
    signed = EnumField(SIGNED, label=_("How it is signed"))
    organisation = FirstOfField("organisation.code", "organisation.slug", label=_("Organisation"))
    organisation_name = serializers.CharField(
        source="organisation.name", allow_null=True, label=_("Name of the organisation")
    )
    show = EnumField(
        SHOW,
        label=_("Where shown"),
        help_text=_("At the organisation, somewhere in the outcode, or not on the map."),
    )
    shown_as = SwitchField("show", SHOWN_AS, label=_("Shown as"))
    district = serializers.CharField(
        source="district.code", allow_null=True, label=_("District (GSS code)")
    )
    region = serializers.CharField(source="region.code", allow_null=True, label=_("Region (code)"))
    created = UtcDateTimeField(source="created_at", label=_("Posted at"))
    answered = UtcDateTimeField(source="answered_at", label=_("First answered officially at"))
    closed = UtcDateTimeField(source="closed_at", label=_("Closed with a result at"))
    supports = CountField(source="counts.supports", label=_("Supported by"))
    replies = CountField(source="counts.replies", label=_("Replies"))
    url = PageUrlField("/talk/posts/{}/", "id", label=_("Page of the post"))

    class Meta:
        model = Post
        id_field = "id"
        geo_field = "geometry"
        fields = ("id", "geometry", "text", "kind", "theme", "theme_name", "signed")
        fields += ("display_name", "role", "works_in_care", "organisation", "organisation_name")
        fields += ("show", "shown_as", "district", "region", "created", "answered", "closed")
        fields += ("result", "supports", "replies", "demo", "url")


def newest(filters: PostFilters, limit: int, word: str) -> Page[int]:
    """Return a page of public posts, newest first, from the cursor on."""
    return listing.POSTS.key_page(NEWEST, filters, limit, count(filters), word)


def public_posts() -> PostQuerySet:
    return Post.objects.public().with_everything()


def interval() -> tuple[datetime.datetime, datetime.datetime] | None:
    """Return when the first and the last public post were written, from the ends of an index."""
    span = Post.objects.public().aggregate(first=Min("created_at"), last=Max("created_at"))
    return (span["first"], span["last"]) if span["first"] else None


POSTS = Layer(
    name="posts",
    title=_("Posts"),
    description=_(
        "Ideas, questions and challenges of people who work in health and care, newest first. The "
        "geometry is the place that a person chose to show: the organisation's, or a point "
        "somewhere in the first half of a postcode. Those not on the map, and all that are "
        "anonymous, have none. The time of a post is its day in London."
    ),
    rows=public_posts,
    serializer=PostSerializer,
    filters=PostFilters,
    count=count,
    cluster=clusters,
    version=version,
    changed_spots=partial(fold.moved_spots, SPEC),
    page=newest,
    followed=True,
    day_filters=("since", "until"),
    interval=interval,
    demo=lambda: Post.objects.public().filter(demo=True).exists(),
    parameters=parameters,
    equality_filters=("theme", "kind", "organisation"),
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("The people who take part in the conversation."),
)
