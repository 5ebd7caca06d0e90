"""The induction pack of an employer for recruits: a page, and the same as PDF."""

import io

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from geo.core.pdf import render
from pledges.employers.profile import EmployerProfile
from pledges.organisations.models import Organisation

QR = "qr.png"
ACTIONS = 8  # at most


def address(employer: Organisation) -> str:
    """The full address of the page, from the setting: a Host header cannot be trusted."""
    return settings.SITE_URL + reverse("induction", args=[employer.public_code])


def qr(employer: Organisation) -> bytes:
    """The address of the page as a QR code: a PNG picture."""
    picture = io.BytesIO()
    segno.make(address(employer), error="m", micro=False).save(
        picture, kind="png", scale=8, border=4
    )
    return picture.getvalue()


def context(profile: EmployerProfile) -> dict[str, object]:
    """The context of the templates of page and PDF."""
    return {
        "employer": profile.employer,
        "profile": profile,
        "actions": profile.open[:ACTIONS],
        "plain_address": address(profile.employer).partition("://")[2],
    }


def to_pdf(profile: EmployerProfile) -> bytes:
    """The pack as PDF/UA-1, tagged. Raises PdfUnavailable."""
    given = {**context(profile), "qr": QR, "today": timezone.localdate()}
    return render("pledges/employers/induction_sheet.html", given, {QR: qr(profile.employer)})
