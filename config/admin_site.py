"""The site of Django's admin: for operators who have shown their second factor."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import LogoutView
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from geo.core.errors import BadParameter
from pledges.accounts.second_factor import has_second_factor, refusal, was_shown

OUR_APPS = ("geo", "pledges", "employers", "conversation", "hubs", "auditlog")
PASSWORDS = ("password_change", "password_change_done")


class AdminSite(admin.AdminSite):
    """Signing in is for allauth: a code by mail, then the second factor. There are no passwords."""

    site_header = _("Changemap: administration")
    site_title = _("Changemap")
    index_title = _("What there is")
    site_url = "/"
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return (
            request.user.is_authenticated
            and request.user.is_operator
            and was_shown(request)
            and has_second_factor(request.user)
        )

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[admin.ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Take pages of our own and of the audit trail.

        Those of other packages show secrets: codes in mails that wait, what telephones share
        with us.
        """
        given = model_or_iterable
        models: list[type[Model]] = [given] if isinstance(given, type) else list(given)
        ours = [model for model in models if model._meta.app_label in OUR_APPS]
        super().register(ours, admin_class, **options)

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Rows go by the ways that keep counts, mails and the audit trail right.
        self.disable_action("delete_selected")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Refuse what no column can hold before it comes to any query."""
        guarded = super().admin_view(view, cacheable)

        def without_nul(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            values = (request.path, *(word for pair in request.GET.lists() for word in pair[1]))
            if any("\x00" in value for value in values):
                raise BadParameter("address", str(_("it has a character that no text has")))
            return guarded(request, *args, **kwargs)

        return without_nul

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Lead to what is missing; whoever misses nothing goes on to where they were going."""
        if self.has_permission(request):
            wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
            ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
            return redirect(wanted if ours else reverse("admin:index"))
        if answer := refusal(request):
            return answer
        raise PermissionDenied

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return LogoutView.as_view(next_page="map")(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in PASSWORDS]
