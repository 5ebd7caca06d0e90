"""Certificates of pledges that were done."""

from django.db import models

from pledges.accounts.models import User
from pledges.pledging.models import Join, Pledge


class Certificate(models.Model):
    """A done pledge on paper. `number` cannot be guessed; the name is kept as printed."""

    number = models.CharField(max_length=20, primary_key=True)
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="certificates")
    join = models.ForeignKey(
        Join, models.CASCADE, null=True, blank=True, related_name="certificates"
    )
    person = models.ForeignKey(User, models.CASCADE, related_name="certificates")
    name = models.CharField(max_length=100)
    done_on = models.DateField()
    issued_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number

    @property
    def valid(self) -> bool:
        """Whether it still says what is so: the pledge is in public view, and still done."""
        part = self.join or self.pledge
        return self.withdrawn_at is None and self.pledge.public and part.done_at is not None
