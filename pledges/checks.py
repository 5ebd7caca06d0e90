"""What must hold before the site starts."""

import ctypes
import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Warn

# What WeasyPrint loads. It is not imported to look: that takes as long as all other checks.
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")


def printing(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Miss the libraries by which certificates are printed; the site serves all else without."""
    try:
        for name in PANGO:
            ctypes.CDLL(name)
    except OSError:
        return [
            Warn(
                "Pango is not installed, so no certificate can be printed.",
                hint="On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
                id="changemap.W002",
            )
        ]
    return []


def mails(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse a demo that others could reach, where all could read all mails; miss a server."""
    if not settings.DEMO_OUTBOX:
        return _without_server()
    hosts = [*settings.ALLOWED_HOSTS, settings.SERVER_HOST]
    hosts.append(urlsplit(settings.SITE_URL).hostname or "")
    outside = sorted({host for host in hosts if not _is_loopback(host)})
    if not outside:
        return []
    return [
        Error(
            "A demo without a mail server shows all mails to whoever can reach it, and this one"
            f" is to answer to {', '.join(outside)}.",
            hint="Set EMAIL_URL to a mail server, or DEMO=0, or serve localhost alone.",
            id="changemap.E001",
        )
    ]


def _without_server() -> list[CheckMessage]:
    if settings.EMAIL_URL:
        return []
    return [
        Warn(
            "There is no mail server, so nobody can sign in or confirm a pledge.",
            hint="Set EMAIL_URL, for example smtp://user:password@mail.example.org:587?tls=start",
            id="changemap.W001",
        )
    ]


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
