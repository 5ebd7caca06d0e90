"""How often something was asked for lately."""

from django.db import models


class Taken(models.Model):
    """One count of `pledges.limits`: how often, in the span of time that ends at `until`."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)
    number = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"
