"""Who is asked to join the team of a hub. Who is in it stands in the grants."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.models.hubs import Hub
from pledges.models import User


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor taken back, and not too old."""
        now = timezone.now()
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now).order_by("pk")


class Invitation(models.Model):
    """One person asked to look after a hub, by the address they are to answer from."""

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
    def holds(self) -> bool:
        """Whether it may still be accepted."""
        return not (self.accepted_at or self.revoked_at) and self.expires_at > timezone.now()
