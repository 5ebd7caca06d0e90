"""What a recruit is given on the first day, as a page and on paper."""

import io

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from geo.core.pdf import render
from pledges.employers.profile import Standing
from pledges.organisations.models import Organisation

QR = "qr.png"
ACTIONS = 8  # on paper


def address(employer: Organisation) -> str:
    """The full address of the page, from the setting: a Host header is anybody's word."""
    return settings.SITE_URL + reverse("induction", args=[employer.public_code])


def qr(employer: Organisation) -> bytes:
    """The address of the page as a QR code, a PNG picture."""
    picture = io.BytesIO()
    segno.make(address(employer), error="m", micro=False).save(
        picture, kind="png", scale=8, border=4
    )
    return picture.getvalue()


def context(found: Standing) -> dict[str, object]:
    return {
        "employer": found.employer,
        "standing": found,
        "actions": found.open[:ACTIONS],
        "address": address(found.employer),
        "plain_address": address(found.employer).partition("://")[2],
    }


def pdf(found: Standing) -> bytes:
    """The pack as PDF/UA-1, tagged. Raises PdfUnavailable."""
    given = {**context(found), "qr": QR, "today": timezone.localdate()}
    return render("pledges/employers/induction_sheet.html", given, {QR: qr(found.employer)})
