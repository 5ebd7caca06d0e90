"""How people sign what they write, and what becomes of it: the same for posts and replies."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledges.accounts.models import User


class Signed(models.IntegerChoices):
    NAME = 1, gettext_lazy("With my name")
    ROLE = 2, gettext_lazy("With my role alone")
    ANONYMOUS = 3, gettext_lazy("Anonymously")


# What keeps a row out of public view, whatever it is.
IN_VIEW = {"confirmed_at__isnull": False, "withdrawn_at__isnull": True, "hidden_at__isnull": True}


class Written(models.Model):
    """A text of somebody's. Who wrote what is anonymous stands in `Veil` alone, never here."""

    signed = models.SmallIntegerField(choices=Signed, default=Signed.NAME)
    display_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=100, blank=True)
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    # Its author stands by it. `confirmed_at` comes once no moderator is waited for either.
    verified_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # What a form, or a telephone without a network, wrote once: the same again writes nothing.
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    demo = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def anonymous(self) -> bool:
        return self.signed == Signed.ANONYMOUS

    @property
    def signature(self) -> str:
        """Who wrote it, as far as they say."""
        if self.anonymous:
            return _("Anonymous")
        return ", ".join(filter(None, (self.display_name, self.role))) or _("Someone")


def signed_as_said(name: str) -> models.CheckConstraint:
    """Nothing of who they are where somebody is anonymous, and no name beside a role alone."""
    nobody = Q(display_name="", role="", author__isnull=True)
    return models.CheckConstraint(
        condition=Q(signed=1) | Q(signed=2, display_name="") | Q(nobody, signed=3), name=name
    )
