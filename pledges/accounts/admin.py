"""People, their grants and the audit trail, as operators see them."""

from auditlog.models import LogEntry
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from geo.admin.base import Admin, ReadOnly
from pledges.accounts.models import Confirmation, Grant, User
from pledges.accounts.roles import LastOperator, give, remove_factors, take_back
from pledges.accounts.second_factor import Authenticator


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ["email", "name", "is_active", "joined_at", "second_factor"]
    list_filter = ["is_active", "grants__role", "demo", "joined_at"]
    search_fields = ["email__icontains", "name__icontains"]
    search_help_text = gettext_lazy("Part of an address or name")
    ordering = ["-id"]
    actions = ["remove_second_factors"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).annotate(has_factor=Exists(factors))

    @admin.display(description=gettext_lazy("Second factor"), boolean=True)
    def second_factor(self, person: User) -> bool:
        return person.has_factor

    @admin.action(description=gettext_lazy("Remove the second factor (telephone lost)"))
    def remove_second_factors(self, request: HttpRequest, people: QuerySet) -> None:
        """For whoever lost telephone and recovery codes; they set up another when they sign in."""
        others = people.exclude(pk=request.user.pk)
        if len(others) < len(people):
            messages.warning(request, _("Your own you remove on your page."))
        removed = sum(remove_factors(person, by=request.user) for person in others)
        messages.success(
            request,
            ngettext(
                "%(number)d second factor was removed.",
                "%(number)d second factors were removed.",
                removed,
            )
            % {"number": removed},
        )


class GrantForm(ModelForm):
    def clean(self) -> dict:
        """Say where a role holds, as the table of grants has it."""
        given = super().clean()
        role, area, organisation = (given.get(name) for name in ("role", "area", "organisation"))
        needs = {
            Grant.Role.STEWARD: "area",
            Grant.Role.EDITOR: "organisation",
            Grant.Role.APPROVER: "organisation",
        }.get(role)
        for name, value in (("area", area), ("organisation", organisation)):
            if name == needs and value is None:
                self.add_error(name, _("This role needs one."))
            elif name != needs and value is not None:
                self.add_error(name, _("This role has none."))
        return given


@admin.register(Grant)
class GrantAdmin(Admin):
    """Given and taken back, never changed: the audit trail then says what held when."""

    form = GrantForm
    list_display = ["person", "role", "area", "organisation", "given_by", "given_at"]
    list_filter = ["role"]
    list_select_related = ["person", "area", "organisation", "given_by"]
    search_fields = ["person__email__icontains", "organisation__name__icontains", "area__name"]
    search_help_text = gettext_lazy("Part of an address or of an organisation’s name")
    autocomplete_fields = ["person", "area", "organisation"]
    fields = ["person", "role", "area", "organisation"]
    ordering = ["-id"]

    def has_change_permission(self, request: HttpRequest, obj: Grant | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, grant: Grant, form: ModelForm, change: bool) -> None:
        give(grant, by=request.user)

    def delete_model(self, request: HttpRequest, grant: Grant) -> None:
        try:
            take_back(grant)
        except LastOperator as error:
            messages.error(request, error.description)


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnly):
    """What an address is asked about is left out: some of it is anonymous."""

    exclude = ["content_type", "object_id"]
    list_display = ["id", "kind", "email", "created_at", "expires_at", "used_at"]
    list_filter = ["kind"]
    search_fields = ["email__icontains"]
    search_help_text = gettext_lazy("Part of an address")
    ordering = ["-id"]


admin.site.unregister(LogEntry)


@admin.register(LogEntry)
class TrailAdmin(ReadOnly):
    list_display = ["timestamp", "content_type", "object_repr", "action", "actor_email", "what"]
    list_filter = ["action", "content_type", "timestamp"]
    list_select_related = ["content_type", "actor"]
    search_fields = ["object_repr__icontains", "actor_email__icontains", "=object_pk"]
    search_help_text = gettext_lazy("What was changed, its number, or the address of who did it")
    ordering = ["-id"]
    exclude = ["serialized_data", "cid", "remote_addr", "remote_port", "object_id"]

    @admin.display(description=gettext_lazy("Changes"))
    def what(self, row: LogEntry) -> str:
        said = (row.additional_data or {}).get("what", "")
        return said or ", ".join(sorted(row.changes_dict))
