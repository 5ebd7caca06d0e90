"""Who may do what: one table, which everything reads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geo.models import Area
from pledges.models.organisations import Organisation
from pledges.models.people import User


class GrantQuerySet(models.QuerySet):
    def of(self, person: User) -> "GrantQuerySet":
        return self.filter(person=person)


class Grant(models.Model):
    """A role of a person: everywhere (operator), in an area, or in an organisation."""

    class Role(models.TextChoices):
        OPERATOR = "operator", _("Operator")
        STEWARD = "steward", _("Steward of an area")
        EDITOR = "editor", _("Editor of an organisation")
        APPROVER = "approver", _("Approver of an organisation")

    person = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=10, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="grants"
    )
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pledges_grant_where_it_holds",
                condition=Q(role="operator", area__isnull=True, organisation__isnull=True)
                | Q(role="steward", area__isnull=False, organisation__isnull=True)
                | Q(role__in=["editor", "approver"], area__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "area", "organisation"],
                nulls_distinct=False,
                name="pledges_grant_once",
            ),
        ]

    def __str__(self) -> str:
        where = self.organisation or self.area or _("everywhere")
        return f"{self.person}: {self.get_role_display()}, {where}"
