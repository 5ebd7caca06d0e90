"""Reporting what somebody wrote: once a person, and the answer is alike the second time."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from pledges.models import Case, Report, User
from pledges.moderation.kinds import Kind, Row
from pledges.moderation.screening import open_case


@transaction.atomic
def report(
    kind: Kind, row: Row, *, reason: Report.Reason, words: str, person: User | None, trace: str
) -> bool:
    """Report a row and open its case; False where this person reported it before.

    `trace` tells strangers apart, by their network and session; only a keyed digest is kept.
    """
    who = f"person {person.pk}" if person else f"stranger {trace}"
    digest = salted_hmac("pledges.reports", who, algorithm="sha256").hexdigest()
    if Report.objects.filter(case__in=Case.objects.of(row), reporter_digest=digest).exists():
        return False
    case = open_case(row, Case.Why.REPORTED, kind.text(row), kind.author_of(row), kind.places(row))
    # The case is locked, so the same at the same moment has been written by now, or waits.
    _report, new = Report.objects.get_or_create(
        case=case,
        reporter_digest=digest,
        defaults={"reason": reason, "words": words, "reporter": person},
    )
    return new
