"""What waits for a mail to be answered: a pledge, a join, a like of somebody not signed in."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pledges.models.organisations import Organisation
from pledges.models.pledges import Pledge


class Confirmation(models.Model):
    """One thing to confirm, by the code or the link of one mail. Neither is kept, only digests.

    It is about a pledge or, for the kinds of other apps, about its `subject`: see pledges.asking.
    """

    class Kind(models.TextChoices):
        PLEDGE = "pledge", _("Make a pledge")
        JOIN = "join", _("Join a pledge")
        LIKE = "like", _("Like a pledge")
        APPROVE = "approve", _("Approve a pledge for a whole organisation")

    kind = models.CharField(max_length=10, choices=Kind)
    email = models.EmailField()
    pledge = models.ForeignKey(
        Pledge, models.CASCADE, null=True, blank=True, related_name="confirmations"
    )
    content_type = models.ForeignKey(
        ContentType, models.CASCADE, null=True, blank=True, related_name="+"
    )
    object_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey()
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    code_digest = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    tries = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="pledges_confirmation_expires"),
            models.Index(fields=["email"], name="pledges_confirmation_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__range=(0, 10)), name="pledges_confirmation_tries"
            ),
            models.CheckConstraint(
                condition=Q(pledge__isnull=False, object_id__isnull=True)
                | Q(pledge__isnull=True, content_type__isnull=False, object_id__isnull=False),
                name="pledges_confirmation_about_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"
