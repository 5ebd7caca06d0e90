"""How allauth works here: codes by mail, no passwords, no sign-up apart from a first deed."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from pledges import emails


class Accounts(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right. Use the newest one we sent you."),
        "too_many_login_attempts": _("That was wrong too often. Ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account comes with the first confirmed pledge, join or like."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Go on, after signing in, to pages of this site alone, whatever host was asked."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue our own letter: a code where there is an account, else that there is none."""
        emails.send_sign_in.enqueue(email=email, code=context.get("code"))

    def add_message(self, request: HttpRequest, *args, message: str | None = None, **more) -> None:
        """Say what went wrong; that a code was sent, or that one is signed in, the pages say."""
        if message:
            super().add_message(request, *args, message=message, **more)
