"""What operators settled about organisations: merged ones' addresses, names that stay as typed."""

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from pledges.models.organisations import Organisation
from pledges.models.people import User


class FormerAddress(models.Model):
    """A code or slug whose organisation was merged into another, where its address leads."""

    word = models.CharField(max_length=120, primary_key=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_addresses")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.word


class SetAside(models.Model):
    """A name that people typed for an organisation, which an operator left as it is."""

    name = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("name left unlisted")
        verbose_name_plural = _("names left unlisted")
        constraints = [models.UniqueConstraint(Upper("name"), name="pledges_setaside_once")]

    def __str__(self) -> str:
        return self.name
