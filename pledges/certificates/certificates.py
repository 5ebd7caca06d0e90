"""Certificates: their numbers, the names on them, what is printed, and how one is checked.

A number is twelve letters and digits that do not look like each other, 28 ** 12 of them: whoever
holds one got it from paper. The check tells nothing to those who do not know the name as well.
"""

import io
import re
import secrets
import unicodedata
from enum import StrEnum

import segno
from django.conf import settings
from django.urls import reverse

from geo.core.pdf import render
from pledges.accounts.codes import LETTERS
from pledges.certificates.models import Certificate

LENGTH, GROUP = 12, 4
QR = "qr.png"  # its name on the sheet
MOST = 20  # that the table holds; ours are shorter
MUCH = 450  # letters, beyond which all of them are set smaller
NEVER_IN_NUMBERS = re.compile(r"[^A-Z0-9]")


class Answer(StrEnum):
    """What a checker is told."""

    MATCH = "match"
    NO_MATCH = "no-match"
    WITHDRAWN = "withdrawn"


def new_number() -> str:
    return "".join(secrets.choice(LETTERS) for _each in range(LENGTH))


def plain_number(written: str) -> str:
    """Return a number as it is kept, however it was written: case, spaces, hyphens are free."""
    return NEVER_IN_NUMBERS.sub("", written.upper())[:MOST]


def in_groups(number: str) -> str:
    return "-".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))


def same_name(printed: str, given: str) -> bool:
    """Whether two names are one, whatever their capitals, spaces and ways of writing accents."""
    return _folded(printed) == _folded(given)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check(number: str, name: str) -> tuple[Answer, Certificate | None]:
    """Tell whether a certificate of this number was given to this name, and holds.

    An unknown number and a wrong name are answered alike.
    """
    rows = Certificate.objects.select_related("pledge__organisation", "join")
    found = rows.filter(number=plain_number(number)).first()
    if not found or not same_name(found.name, name):
        return Answer.NO_MATCH, None
    return (Answer.MATCH if found.valid else Answer.WITHDRAWN), found


def qr(number: str) -> bytes:
    """Return the address of the check as a QR code, a PNG picture."""
    picture = io.BytesIO()
    # From the setting: a Host header is anybody's word.
    address = settings.SITE_URL + reverse("check-number", args=[in_groups(number)])
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=10, border=2)
    return picture.getvalue()


def words_on(certificate: Certificate) -> dict[str, object]:
    """Return what is printed: on a joiner's there is no team, since they joined as a person."""
    pledge, join = certificate.pledge, certificate.join
    text = join.text if join else pledge.text
    # Also one whose author withdrew, and who keeps a copy.
    joined = join is not None or pledge.copied_from_id is not None
    team = pledge.team if pledge.who == pledge.Who.TEAM and not joined else ""
    place = pledge.organisation.name if pledge.organisation and not joined else ""
    return {
        "certificate": certificate,
        "number": in_groups(certificate.number),
        "text": text,
        "team": team,
        "organisation": place,
        "joined": joined,
        "demo": pledge.demo,
        "check": (settings.SITE_URL + reverse("check")).partition("://")[2],
        "name_size": _size(certificate.name, 22, 45),
        "text_size": _size(text, 120, 280),
        "tight": len(certificate.name + team + place + text) > MUCH,
    }


def pdf(certificate: Certificate) -> bytes:
    """Return the certificate as PDF/UA-1. Raises PdfUnavailable."""
    context = {**words_on(certificate), "qr": QR}
    return render("pledges/certificates/sheet.html", context, {QR: qr(certificate.number)})


def _size(words: str, short: int, middling: int) -> str:
    """Which of three sizes lets words of this length fit on the sheet."""
    return "large" if len(words) <= short else "medium" if len(words) <= middling else "small"
