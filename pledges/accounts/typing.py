"""Types of requests, for the signatures of views."""

from django.http import HttpRequest

from pledges.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose `user` is an account: for views behind `login_required` or a second factor.

    It is never made: it only tells a type checker what such a guard has made sure of. Where a
    signature is given by a library, as in the admin, call `pledges.accounts.identity.signed_in`.
    """

    user: User
