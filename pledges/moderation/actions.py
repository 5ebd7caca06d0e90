"""Reporting, deciding cases, taking decisions back, and the author's one answer."""

import datetime
import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from geo.core.errors import GeoError, NotFound
from pledges.accounts.models import User
from pledges.accounts.permissions import may_block, may_decide
from pledges.moderation import notifications
from pledges.moderation.kinds import Kind, Row, all_kinds, kind_of
from pledges.moderation.models import Case, Decision, Report
from pledges.moderation.screening import close, open_case

Outcome = Case.Outcome
HIDING = (Outcome.HIDDEN, Outcome.BLOCKED)


class DecidedMeanwhile(GeoError):
    """Somebody else decided, or the author worded it anew, since the page was opened."""

    code = "decided-meanwhile"

    def __init__(self) -> None:
        super().__init__(
            _("This changed since you opened the page: look at it again before you decide.")
        )


class AnsweredAlready(GeoError):
    """An author answers once, and what is hidden alone."""

    code = "answered-already"

    def __init__(self) -> None:
        super().__init__(_("You have answered already, or there is nothing to answer any more."))


def state_of(case: Case, text: str) -> str:
    """What a moderator saw: the last decision, whether it is open, and the words as they stood."""
    last = case.decisions.last()
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"{last.pk if last else 0}-{int(case.decided_at is None)}-{digest}"


@transaction.atomic
def decide(
    case: Case,
    person: User,
    *,
    outcome: Outcome,
    seen: str,
    ground: str = "",
    words: str = "",
) -> Decision:
    """Keep, hide, or hide and block the account; keeping what was hidden takes that back.

    `seen` is `state_of` what the page showed. Raises DecidedMeanwhile where that is no longer so,
    PermissionDenied for whoever may not, NotFound where the text was deleted. The author is told
    by mail of what changes for them.
    """
    kind = kind_of(case)
    author = User.objects.select_for_update(no_key=True).filter(pk=case.author_id).first()
    row = kind.model.objects.select_for_update(no_key=True).filter(pk=case.object_id).first()
    if row is None:
        raise NotFound(_("This was deleted meanwhile."))
    case = Case.objects.select_for_update(of=["self"]).get(pk=case.pk)
    blocks = outcome == Outcome.BLOCKED and case.outcome != Outcome.BLOCKED
    if not may_decide(person, case) or (blocks and not may_block(person, author)):
        raise PermissionDenied
    if seen != state_of(case, kind.text(row)):
        raise DecidedMeanwhile
    tells = outcome in HIDING or case.hidden or getattr(row, "held_at", None) is not None
    decision = Decision(
        outcome=outcome,
        ground=ground if outcome in HIDING else "",
        words=words,
        text=kind.text(row),
        decided_by=person,
        decided_at=timezone.now(),
    )
    blocked_since = _blocked_since(case)
    close(case, decision)
    _take_effect(kind, row, author, decision, blocked_since)
    if author and tells:
        notifications.send_decision.enqueue(decision.pk)
    return decision


def _take_effect(
    kind: Kind,
    row: Row,
    author: User | None,
    decision: Decision,
    blocked_since: datetime.datetime | None,
) -> None:
    """Hide or show the row; block or unblock its author, with all that is theirs."""
    now = decision.decided_at
    if decision.outcome in HIDING:
        kind.hide(row, now)
    else:
        kind.show(row)
    if author is None:
        return
    if decision.outcome == Outcome.BLOCKED:
        _set_active(author, False)
        for each in all_kinds():
            each.move(author, blocked_since, now)
            each.move(author, None, now)
    elif blocked_since:
        _set_active(author, True)
        for each in all_kinds():
            each.move(author, blocked_since, None)
    elif decision.outcome == Outcome.KEPT and (since := _blocked_by_another(author)):
        # Its author is blocked for something else: this comes back when they do.
        kind.hide(row, since)


def _set_active(author: User, active: bool) -> None:
    author.is_active = active
    author.save(update_fields=["is_active"])


def _blocked_since(case: Case) -> datetime.datetime | None:
    """The moment of the decision of this case that blocks its author, while it holds."""
    last = case.decisions.last()
    return last.decided_at if last and case.outcome == Outcome.BLOCKED else None


def _blocked_by_another(author: User) -> datetime.datetime | None:
    cases = Case.objects.filter(author=author, outcome=Outcome.BLOCKED)
    last = Decision.objects.filter(case__in=cases, outcome=Outcome.BLOCKED).last()
    return last.decided_at if last else None


@transaction.atomic
def answer(case: Case, text: str) -> Case:
    """Write the author's one answer and open the case for a second look.

    Who may is for the caller to know. Raises AnsweredAlready. What is hidden stays so meanwhile.
    """
    case = Case.objects.select_for_update(of=["self"]).get(pk=case.pk)
    if not case.answerable:
        raise AnsweredAlready
    case.answer, case.answered_at = text, timezone.now()
    case.why, case.opened_at, case.decided_at = Case.Why.ANSWERED, case.answered_at, None
    case.save(update_fields=["answer", "answered_at", "why", "opened_at", "decided_at"])
    return case


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
