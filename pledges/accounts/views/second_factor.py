"""Setting up and showing the second factor: allauth's views, with our limits and our words."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as base
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pledges.accounts import rate_limits
from pledges.accounts.adapters import SecondFactors
from pledges.accounts.models import User
from pledges.accounts.second_factor import View
from pledges.accounts.views.sign_in import wide

SETTING_UP = "second-factor-next"


class Limited:
    """A page on which a code is typed: ten tries of a person in a quarter of an hour."""

    label = _("Code")
    hint = _("6 digits from the app on your telephone, or one of your recovery codes")

    def get_form_class(self) -> type[forms.Form]:
        return _once(super().get_form_class())

    def whose(self) -> User:
        return self.request.user

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        rate_limits.take(rate_limits.SECOND_FACTORS, str(self.whose().pk))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        field = context["form"].fields["code"]
        wide(field, self.label, self.hint, inputmode="numeric", spellcheck="false")
        field.widget.attrs["class"] = "nhsuk-input nhsuk-input--width-10"
        field.error_messages["required"] = _("Enter the code")
        return context


def _once(form: type[forms.Form]) -> type[forms.Form]:
    """Return a form that takes each code of an app once, for allauth forgets it with the process.

    A recovery code is struck out in the database as it is used.
    """
    if not issubclass(form, BaseAuthenticateForm):
        return form

    class Once(form):
        def clean_code(self) -> str:
            code = super().clean_code()
            if self.authenticator.type == Authenticator.Type.TOTP:
                try:
                    rate_limits.take(rate_limits.SECOND_FACTOR_ONCE, f"{self.user.pk} {code}")
                except rate_limits.TooMany as error:
                    raise SecondFactors().validation_error("incorrect_code") from error
            return code

    return Once


class Show(Limited, base.AuthenticateView):
    """The stage of signing in after the code by mail."""

    def whose(self) -> User:
        return self.stage.login.user


class ShowAgain(Limited, base.ReauthenticateView):
    """Show it before something that needs it to have been shown lately."""


class SetUp(Limited, totp.ActivateTOTPView):
    hint = _("The 6 digits that the app shows now")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if REDIRECT_FIELD_NAME in request.GET:
            request.session[SETTING_UP] = request.GET[REDIRECT_FIELD_NAME]
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        answer = super().form_valid(form)
        # The code just typed showed the factor: it need not be typed again to see what follows.
        record_authentication(self.request, self.request.user, "mfa", reauthenticated=True)
        return answer


class Codes(recovery.ViewRecoveryCodesView):
    """The recovery codes, and the way on to what somebody was about to do."""

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return {**context, "go_on": self.request.session.get(SETTING_UP, "")}


@login_required
def go_on(request: HttpRequest) -> HttpResponse:
    """Lead to the page for which the factor was set up, if it is one of this site's."""
    wanted = request.session.pop(SETTING_UP, "")
    return redirect(wanted if _is_ours(wanted) else "mfa_index")


def _is_ours(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def answers(view: View) -> View:
    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(view))


def shows(view: View) -> View:
    return require_safe(never_cache(view))


# Of allauth's addresses only those of an app's codes and of recovery codes.
second_factor_urlpatterns = [
    path("", shows(base.IndexView.as_view()), name="mfa_index"),
    path("authenticate/", answers(Show.as_view()), name="mfa_authenticate"),
    path("reauthenticate/", answers(ShowAgain.as_view()), name="mfa_reauthenticate"),
    path("totp/activate/", answers(SetUp.as_view()), name="mfa_activate_totp"),
    path(
        "totp/deactivate/",
        answers(totp.DeactivateTOTPView.as_view()),
        name="mfa_deactivate_totp",
    ),
    path("recovery-codes/", shows(Codes.as_view()), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/",
        answers(recovery.GenerateRecoveryCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("go-on/", shows(go_on), name="second-factor-go-on"),
]
