"""People: an account is an e-mail address."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


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
