"""Regional hubs with the areas they serve, their teams, and messages to them."""

import datetime

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models import Q
from django.db.models.functions import Cast, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core.bilingual import LocalName, local
from geo.core.located import Located, LocatedQuerySet
from pledges.accounts.models import User


class HubQuerySet(LocatedQuerySet):
    def serving(self, area: Area | int) -> "HubQuerySet":
        return self.filter(areas=area)

    def containing(self, point: Point) -> "HubQuerySet":
        """Hubs with an area that holds the point (SRID 4326); none offshore."""
        return self.filter(areas__in=Area.objects.regions().containing(point)).distinct()

    def by_distance(self, point: Point) -> "HubQuerySet":
        """All hubs, nearest place first by geodesic metres, each with `distance`."""
        geography = models.PointField(geography=True)
        return self.annotate(distance=Distance(Cast("location", geography), point)).order_by(
            "distance"
        )


class Hub(LocalName, Located):
    """A hub. `code` is its region's: an NHS England region's Y code, else the nation's GSS code."""

    code = models.CharField(max_length=9, unique=True, db_collation="C")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    name_cy = models.CharField(max_length=100, blank=True)
    welcome = models.TextField(blank=True)
    welcome_cy = models.TextField(blank=True)
    about = models.TextField(blank=True, max_length=4000, db_default="")
    about_cy = models.TextField(blank=True, max_length=4000, db_default="")
    email = models.EmailField()
    telephone = models.CharField(max_length=30, blank=True, db_default="")
    website = models.URLField(max_length=300, blank=True, db_default="")
    place = models.CharField(max_length=100)
    # When its own team last edited it; `load_hubs` does not undo that.
    edited_at = models.DateTimeField(null=True, blank=True)
    areas = models.ManyToManyField(Area, related_name="hubs")

    objects = HubQuerySet.as_manager()  # type: ignore[misc]  # - a narrower manager

    class Meta(Located.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def local_welcome(self) -> str:
        return local(self.welcome, self.welcome_cy)

    @property
    def local_about(self) -> str:
        return local(self.about, self.about_cy)

    def get_absolute_url(self) -> str:
        return reverse("hub", args=[self.slug])

    @property
    def team_address(self) -> str:
        """The path of the pages of its team."""
        return reverse("hub-team", args=[self.slug])


RETENTION = datetime.timedelta(days=365)  # of messages, after the last word of either side


class HubMessageQuerySet(models.QuerySet):
    def waiting(self) -> "HubMessageQuerySet":
        """Not closed; who has waited longest first."""
        return self.filter(closed_at__isnull=True).order_by("created_at", "pk")

    def closed(self) -> "HubMessageQuerySet":
        """Answered, or closed without an answer; the last first."""
        return self.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")

    def of(self, person: User) -> "HubMessageQuerySet":
        """What somebody wrote, signed in or with the address of their account."""
        mine = Q(sender=person) | Q(lower=person.email.lower())
        return self.annotate(lower=Lower("email")).filter(mine).order_by("-created_at", "-pk")

    def overdue(self) -> "HubMessageQuerySet":
        """Written, and if closed, closed, longer ago than RETENTION."""
        before = timezone.now() - RETENTION
        closed = Q(closed_at__isnull=True) | Q(closed_at__lt=before)
        return self.filter(closed, created_at__lt=before)


class HubMessage(models.Model):
    """A message to a hub, for its team alone; no mail quotes it."""

    hub = models.ForeignKey(Hub, models.CASCADE, related_name="messages")
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"))
    sender = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("message"), max_length=3000)
    # Written by us into the form: the same one sent twice is one message.
    form_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Answered, or closed as needing no answer.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = HubMessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["hub", "created_at"],
                condition=Q(closed_at__isnull=True),
                name="hubs_message_waiting",
            ),
            models.Index(
                fields=["hub", "-closed_at"],
                condition=Q(closed_at__isnull=False),
                name="hubs_message_closed",
            ),
            models.Index(Lower("email"), name="hubs_message_email"),
        ]

    def __str__(self) -> str:
        return f"{self.hub}, {self.created_at:%Y-%m-%d %H:%M}"


class HubAnswer(models.Model):
    """A hub's answer to a message, sent by mail."""

    message = models.ForeignKey(HubMessage, models.CASCADE, related_name="answers")
    text = models.TextField(_("answer"), max_length=5000)
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message}: {self.created_at:%Y-%m-%d %H:%M}"


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted, revoked nor expired."""
        now = timezone.now()
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now).order_by("pk")


class Invitation(models.Model):
    """An invitation into a hub's team, bound to an e-mail address."""

    hub = models.ForeignKey(Hub, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="hubs_invitation_accepted_or_revoked",
            )
        ]
        indexes = [models.Index("hub", Lower("email"), name="hubs_invitation_email")]

    def __str__(self) -> str:
        return f"{self.hub} ({self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether it may still be accepted."""
        return not (self.accepted_at or self.revoked_at) and self.expires_at > timezone.now()
