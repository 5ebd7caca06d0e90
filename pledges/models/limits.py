"""How often something was asked for lately."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Taken(models.Model):
    """One count of `pledges.limits`: how often, in the span of time that ends at `until`."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)
    number = models.IntegerField()

    class Meta:
        verbose_name = _("count of a limit")
        verbose_name_plural = _("counts of limits")

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"
