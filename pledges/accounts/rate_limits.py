"""How often one address, or one network, may ask for something; kept in PostgreSQL."""

import datetime
import ipaddress
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from geo.core.errors import GeoError

IPV6_NETWORK = 64  # bits that one household or office shares


class TooMany(GeoError):
    """Somebody asked for this too often; `wait` is how many seconds to stay away."""

    code = "too-many"

    def __init__(self, wait: int) -> None:
        super().__init__(_("You have tried this too often. Please wait a while, then try again."))
        self.wait = wait


@dataclass(frozen=True)
class Limit:
    """At most `most` times in each span of so many seconds."""

    name: str
    most: int
    seconds: int


# A whole hospital may sit behind one address on a Change Day, so networks may do much more than
# one person would; what protects a person's letterbox is the limit of their own address.
MAILS_TO_ADDRESS = Limit("mails-to-address", 6, 3600)
MAILS_FROM_NETWORK = Limit("mails-from-network", 200, 3600)
CODES_FROM_NETWORK = Limit("codes-from-network", 60, 600)
CODES_FOR_ADDRESS = Limit("codes-for-address", 30, 3600)
# A number cannot be guessed; this keeps anybody from trying names by the thousand.
CHECKS_FROM_NETWORK = Limit("checks-from-network", 30, 600)
CERTIFICATES_OF_PERSON = Limit("certificates-of-person", 30, 3600)
# Six digits, three of which are right at a time: a guesser needs years.
SECOND_FACTORS = Limit("second-factors", 10, 900)
# A code of an app is good for one use, in whatever process it is typed.
SECOND_FACTOR_ONCE = Limit("second-factor-once", 1, 3600)


def take(limit: Limit, key: str) -> None:
    """Count one more for `key`, an address or a network; raise TooMany beyond the limit.

    Exact under concurrency: the row is counted up by one statement. Keys are kept as digests.
    """
    now = timezone.now()
    start = int(now.timestamp()) // limit.seconds * limit.seconds
    until = datetime.datetime.fromtimestamp(start + limit.seconds, datetime.UTC)
    digest = salted_hmac(
        "pledges.accounts.rate_limits", f"{limit.name} {key}", algorithm="sha256"
    ).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into pledges_taken as t (digest, until, number) values (%s, %s, 1)"
            " on conflict (digest) do update set until = excluded.until,"
            " number = case when t.until = excluded.until then t.number + 1 else 1 end"
            " returning number",
            [digest, until],
        )
        number = cursor.fetchone()[0]
    if number > limit.most:
        raise TooMany(wait=max(1, int((until - now).total_seconds())))


def network(request: HttpRequest) -> str:
    """Return where a request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    bits = IPV6_NETWORK if address.version == 6 else 32
    return str(ipaddress.ip_network((address, bits), strict=False))
