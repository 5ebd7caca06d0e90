"""The signed link by which somebody says that they want no more mails about an employer's page."""

import datetime

from django.core import signing

from geo.errors import GeoError
from pledges.models import User

STOP_FOR = datetime.timedelta(days=366)
STOP = "employers.mails.stop"  # the salt: good for this one purpose


class LinkEnded(GeoError):
    """A link that is not ours, of another purpose, or too old: which is not told."""

    code = "link-ended"


def stop_token(person: User) -> str:
    return signing.dumps(person.pk, salt=STOP)


def read_stop(token: str) -> User:
    """Return who wants no more mails. Raises LinkEnded."""
    try:
        key = signing.loads(token, salt=STOP, max_age=STOP_FOR)
    except signing.BadSignature as error:
        raise LinkEnded("") from error
    if found := User.objects.filter(pk=key, is_active=True).first():
        return found
    raise LinkEnded("")
