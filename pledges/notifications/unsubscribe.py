"""Signed links by which somebody says that they want no more mails of a kind."""

import datetime
from dataclasses import dataclass

from django.core import signing

from geo.core.errors import GeoError
from pledges.accounts.models import User

STOP_FOR = datetime.timedelta(days=366)


class LinkEnded(GeoError):
    """A link of a mail that is not ours, of another purpose, or too old: which is not told."""

    code = "link-ended"


@dataclass(frozen=True)
class StopLink:
    """The links of one kind of mail. The salt makes each good for this one purpose."""

    salt: str

    def token(self, person: User) -> str:
        return signing.dumps(person.pk, salt=self.salt)

    def read(self, token: str) -> User:
        """Return who wants no more. Raises LinkEnded."""
        return person_of(signed(token, self.salt, STOP_FOR))


def signed(token: str, salt: str, lasts: datetime.timedelta) -> object:
    """Return what was signed for a purpose. Raises LinkEnded."""
    try:
        return signing.loads(token, salt=salt, max_age=lasts)
    except signing.BadSignature as error:
        raise LinkEnded("") from error


def person_of(key: object) -> User:
    """Return whose link it is. Raises LinkEnded where the account is gone or blocked."""
    if found := User.objects.filter(pk=key, is_active=True).first():
        return found
    raise LinkEnded("")
