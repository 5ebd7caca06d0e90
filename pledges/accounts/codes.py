"""The code and the link of a mail: made when it is written, kept as digests alone."""

import hashlib
import re
import secrets

from django.utils.crypto import salted_hmac

from pledges.accounts.models import Confirmation

LENGTH = 8
# Without letters and digits that look like others; 28 ** 8 is 378 thousand million codes.
LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ346789"
TOKEN_BYTES = 32


def digest_of_token(token: str) -> str:
    """A token is long and random, so a plain digest of it cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest_of_code(email: str, code: str) -> str:
    """A code is short, so its digest is keyed with the site's secret; case and spaces are free."""
    letters = re.sub(r"[\s-]", "", code).upper()
    key = f"{email.lower()} {letters}"
    return salted_hmac("pledges.accounts.codes", key, algorithm="sha256").hexdigest()


def renew(confirmation: Confirmation) -> tuple[str, str]:
    """Give a confirmation a new code and a new token; return both, for the mail alone."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    confirmation.code_digest = digest_of_code(confirmation.email, code)
    confirmation.token_digest = digest_of_token(token)
    confirmation.save(update_fields=["code_digest", "token_digest"])
    return code, token
