"""Who may do what: one table, which everything reads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geo.models import Area
from pledges.models.organisations import Organisation
from pledges.models.people import User


class GrantQuerySet(models.QuerySet):
    def of(self, person: User, *roles: str) -> "GrantQuerySet":
        """The grants of a person, of these roles or of any; none of a blocked account."""
        found = self.filter(person=person, person__is_active=True)
        return found.filter(role__in=roles) if roles else found

    def over(self, *areas: Area | None) -> "GrantQuerySet":
        """Grants that reach these places: for an area itself, or for one that it is a part of."""
        keys = {key for area in areas if area for key in (area.pk, area.parent_id) if key}
        parents = Area.objects.filter(parts__in=keys).values("pk")
        return self.filter(Q(area__in=keys) | Q(area__in=parents))


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
