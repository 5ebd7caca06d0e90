"""Reminders that were sent."""

from django.db import models
from django.db.models import Q

from pledges.accounts.models import User
from pledges.pledging.models import Join, Pledge


class ReminderQuerySet(models.QuerySet):
    def of(self, person: User) -> "ReminderQuerySet":
        """What a person was reminded of, their own pledges and what they joined, in order."""
        own = Q(join__isnull=True, pledge__author=person) | Q(join__person=person)
        return self.filter(own).select_related("pledge", "join").order_by("pk")


class Reminder(models.Model):
    """A reminder that was sent, at most three a part; `occasion` makes each one once."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="reminders")
    join = models.ForeignKey(Join, models.CASCADE, null=True, blank=True, related_name="reminders")
    occasion = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "join", "occasion"],
                nulls_distinct=False,
                name="pledges_reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.occasion}"
