"""Messages that people write to a hub, and its answers."""

import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.models.hubs import Hub
from pledges.models import User

# After the last word of either side.
KEPT = datetime.timedelta(days=365)


class HubMessageQuerySet(models.QuerySet):
    def waiting(self) -> "HubMessageQuerySet":
        """Neither answered nor put aside; who has waited longest first."""
        return self.filter(closed_at__isnull=True).order_by("created_at", "pk")

    def closed(self) -> "HubMessageQuerySet":
        """Answered or put aside, the last first."""
        return self.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")

    def of(self, person: User) -> "HubMessageQuerySet":
        """What somebody wrote, signed in or with the address of their account."""
        mine = Q(sender=person) | Q(lower=person.email.lower())
        return self.annotate(lower=Lower("email")).filter(mine).order_by("-created_at", "-pk")

    def overdue(self) -> "HubMessageQuerySet":
        """Written, and closed if ever it was, longer ago than messages are kept."""
        before = timezone.now() - KEPT
        closed = Q(closed_at__isnull=True) | Q(closed_at__lt=before)
        return self.filter(closed, created_at__lt=before)


class HubMessage(models.Model):
    """One message to a hub. Its team alone reads it; no mail quotes it."""

    hub = models.ForeignKey(Hub, models.CASCADE, related_name="messages")
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"))
    sender = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("message"), max_length=3000)
    # Written by us into the form: the same one sent twice is one message.
    form_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Answered, or put aside as needing no answer.
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
    """What a hub answered; its words go to the sender by mail."""

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
