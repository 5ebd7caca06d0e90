"""Accounts (an account is an e-mail address), grants, confirmations, and uses of rate limits."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make an account; without a password nobody can sign in by one."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. What they may do beyond their own is in their grants, and nowhere else."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # When they first shared a pledge by our buttons; the balloon "Share" is lit from then on.
    shared_at = models.DateTimeField(null=True, blank=True)
    # They want no reminders any more.
    no_reminders_since = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        # One person, one account, however the address is capitalised.
        constraints = [models.UniqueConstraint(Lower("email"), name="pledges_user_email_lower")]

    def __str__(self) -> str:
        return self.email

    @cached_property
    def is_operator(self) -> bool:
        """Whether they hold a grant as operator; asked once for each object of this class."""
        return self.is_active and self.grants.filter(role="operator").exists()

    # The three questions that Django's admin asks.

    @property
    def is_staff(self) -> bool:
        return self.is_operator

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return self.is_operator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_operator


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
        "pledges.Organisation", models.CASCADE, null=True, blank=True, related_name="grants"
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


class Confirmation(models.Model):
    """One thing to confirm, by the code or the link of one mail. Neither is kept, only digests.

    It is about a pledge or, for the kinds of other apps, about its `subject`: see
    pledges.accounts.confirmation_kinds.
    """

    class Kind(models.TextChoices):
        PLEDGE = "pledge", _("Make a pledge")
        JOIN = "join", _("Join a pledge")
        LIKE = "like", _("Like a pledge")
        APPROVE = "approve", _("Approve a pledge for a whole organisation")

    kind = models.CharField(max_length=10, choices=Kind)
    email = models.EmailField()
    pledge = models.ForeignKey(
        "pledges.Pledge", models.CASCADE, null=True, blank=True, related_name="confirmations"
    )
    content_type = models.ForeignKey(
        ContentType, models.CASCADE, null=True, blank=True, related_name="+"
    )
    object_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey()
    organisation = models.ForeignKey(
        "pledges.Organisation", models.CASCADE, null=True, blank=True, related_name="+"
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


class Taken(models.Model):
    """One count of `pledges.accounts.rate_limits`: how often, in the span that ends at `until`."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)
    number = models.IntegerField()

    class Meta:
        verbose_name = _("count of a limit")
        verbose_name_plural = _("counts of limits")

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"
