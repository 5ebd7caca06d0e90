"""Signing in by a code: allauth's views, with our limits and our words."""

from allauth.account.views import (
    ConfirmLoginCodeView,
    RequestLoginCodeView,
    account_inactive,
    logout,
)
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

from pledges.accounts import rate_limits

TOO_MANY = 429


def wide(field: forms.Field, label: str, hint: str = "", **attributes: str) -> None:
    """Give a field of another package's form our look and words."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"class": "nhsuk-input nhsuk-input--width-20", **attributes})


class SignIn(RequestLoginCodeView):
    """Ask for a code; the answer is alike whether or not there is an account."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """Let somebody whose code does not come ask again, or give another address."""

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form = super().get_form(form_class)
        wide(form.fields["email"], _("E-mail address"), autocomplete="email", spellcheck="false")
        form.fields["email"].widget.attrs["class"] = "nhsuk-input"
        form.fields["email"].error_messages["required"] = _("Enter your e-mail address")
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            rate_limits.take(rate_limits.MAILS_FROM_NETWORK, rate_limits.network(self.request))
            rate_limits.take(rate_limits.MAILS_TO_ADDRESS, form.cleaned_data["email"].lower())
        except rate_limits.TooMany as error:
            return self._refused(form, error)
        return super().form_valid(form)

    def _refused(self, form: forms.Form, error: rate_limits.TooMany) -> HttpResponse:
        form.add_error("email", error.description)
        response = self.form_invalid(form)
        response.status_code = TOO_MANY
        response["Retry-After"] = str(error.wait)
        return response


class SignInCode(ConfirmLoginCodeView):
    """Type the code."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        rate_limits.take(rate_limits.CODES_FROM_NETWORK, rate_limits.network(request))
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form = super().get_form(form_class)
        if "code" in form.fields:
            wide(
                form.fields["code"],
                _("Code"),
                _("8 letters and digits, for example BCDF-GHJK"),
                autocapitalize="characters",
                spellcheck="false",
            )
            form.fields["code"].widget.attrs["class"] = "nhsuk-input nhsuk-input--width-10"
            form.fields["code"].error_messages["required"] = _("Enter the code from the mail")
        return form


def leave(request: HttpRequest) -> HttpResponseBase:
    """Sign out. What scripts kept on the device goes too: the next person may share it."""
    response = logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"storage"'
    return response


answers = require_http_methods(["GET", "HEAD", "POST"])
sign_in = answers(SignIn.as_view())
to_sign_in = RedirectView.as_view(pattern_name="account_login")
# Of allauth's addresses only those that a site without passwords needs.
account_urlpatterns = [
    path("login/", sign_in, name="account_login"),
    path("login/", sign_in, name="account_request_login_code"),
    path("login/code/", answers(SignInCode.as_view()), name="account_confirm_login_code"),
    path("logout/", answers(leave), name="account_logout"),
    path("inactive/", require_safe(account_inactive), name="account_inactive"),
    # Who signs up makes a pledge; allauth asks for the address.
    path("signup/", require_safe(to_sign_in), name="account_signup"),
]
