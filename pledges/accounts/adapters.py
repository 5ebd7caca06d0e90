"""How allauth works here: codes by mail, no passwords, no sign-up apart from a first deed."""

import base64
import hashlib
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from pledges.accounts.personal_data import keepers
from pledges.notifications import mail_tasks


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

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to what waits for somebody who looks after something; else to what is theirs."""
        waiting = (keeper.first_page(request.user) for keeper in keepers())
        return next(filter(None, waiting), None) or super().get_login_redirect_url(request)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue our own letter: a code where there is an account, else that there is none."""
        mail_tasks.send_sign_in.enqueue(email=email, code=context.get("code"))

    def add_message(self, request: HttpRequest, *args, message: str | None = None, **more) -> None:
        """Say what went wrong; that a code was sent, or that one is signed in, the pages say."""
        if message:
            super().add_message(request, *args, message=message, **more)


class SecondFactors(DefaultMFAAdapter):
    """Second factors: what a telephone's app shares with us is kept enciphered."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Type the one that your app shows now."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # The secret key was replaced: nothing matches until the factor is set up anew.
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> MultiFernet:
    """From the secret key, so that a copy of the database alone signs nobody in."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(f"second factor {key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
