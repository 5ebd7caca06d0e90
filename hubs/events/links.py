"""The private address of somebody's place at an event, and QR codes."""

import io

import segno
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from hubs.events.models import Registration

# The salt makes these signatures good for this one purpose.
_signer = Signer(salt="hubs.events.place")


def token_of(registration: Registration) -> str:
    return _signer.sign(registration.pk)


def place_address(registration: Registration) -> str:
    """The path of the page on which somebody sees, and gives up, their place."""
    return reverse("event-place", args=[token_of(registration)])


def registration_of(token: str) -> Registration | None:
    """Whose place the address is; None for a forged one, or once name and mail are forgotten."""
    try:
        key = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    rows = Registration.objects.select_related("event__hub", "event__region", "event__district")
    return rows.filter(pk=key, email__gt="").first()


def png(address: str) -> bytes:
    """Return a picture for mails, which show no SVG."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()


def svg(address: str) -> bytes:
    picture = io.BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(picture, kind="svg", scale=5, dark="#212b32", light="#fff")
    return picture.getvalue()
