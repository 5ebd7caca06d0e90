"""What moderation and messages keep of people: for their page, their data and their leaving."""

import datetime
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.accounts.models import User
from pledges.accounts.permissions import is_steward
from pledges.accounts.personal_data import Keeper, Overdue, Shelf
from pledges.moderation.models import Block, Case, Message, Report

KEPT = datetime.timedelta(days=365)


class Decisions(Keeper):
    """Cases about what a person wrote, and what they reported; the way to the queue."""

    def shelf(self, person: User) -> Shelf | None:
        cases = list(Case.objects.told_to(person).select_related("content_type"))
        moderates = is_steward(person)
        if not cases and not moderates:
            return None
        content = {"cases": cases, "moderates": moderates}
        return Shelf(_("Moderation"), "pledges/accounts/mine/decisions.html", content)

    def everything(self, person: User) -> Mapping[str, object]:
        return {
            "moderated": [_case(case) for case in Case.objects.told_to(person)],
            "reported": [
                {"reason": row.reason, "words": row.words, "reported_at": row.created_at}
                for row in Report.objects.filter(reporter=person).order_by("id")
            ],
        }

    def leave(self, person: User, *, keep: bool) -> None:
        """What they wrote to moderators goes; that something was reported or decided stays."""
        Report.objects.filter(reporter=person).update(words="")
        Case.objects.filter(author=person).update(answer="")

    def overdue(self) -> list[Overdue]:
        """What is hidden keeps its case, so that somebody can say why."""
        ended = Case.objects.filter(decided_at__lt=timezone.now() - KEPT)
        seen = ended.filter(outcome__in=[Case.Outcome.KEPT, Case.Outcome.MENDED])
        return [Overdue(_("Reports and decisions about what was not hidden"), seen, kept=KEPT)]


class Messages(Keeper):
    """Messages about pledges; they go with the account of either side."""

    def shelf(self, person: User) -> Shelf | None:
        threads = list(Message.objects.between(person).select_related("pledge"))
        if not threads:
            return None
        mine = Message.objects.filter(recipient=person, read_at=None, hidden_at=None)
        unread = {row.first_id or row.pk for row in mine}
        content = [{"first": first, "unread": first.pk in unread} for first in threads]
        return Shelf(_("Messages"), "pledges/accounts/mine/messages.html", content)

    def everything(self, person: User) -> Mapping[str, object]:
        sent = Message.objects.filter(sender=person).order_by("id")
        received = Message.objects.filter(recipient=person, hidden_at=None).order_by("id")
        return {
            "messages_sent": [_message(row) for row in sent],
            "messages_received": [_message(row) for row in received],
            "blocks": [{"since": row.created_at} for row in Block.objects.filter(person=person)],
        }

    def overdue(self) -> list[Overdue]:
        """By whole threads: the answers go with the first message."""
        until = timezone.now() - KEPT
        lately = Message.objects.filter(created_at__gte=until, first__isnull=False).values("first")
        ended = Message.objects.filter(first__isnull=True, created_at__lt=until)
        return [
            Overdue(_("Messages, after the last answer"), ended.exclude(pk__in=lately), kept=KEPT)
        ]


def _case(case: Case) -> dict[str, object]:
    last = case.decisions.last()
    return {
        "text": case.original,
        "why": case.why,
        "since": case.opened_at,
        "outcome": case.outcome,
        "ground": last.ground if last else "",
        "words": last.words if last else "",
        "decided_at": case.decided_at,
        "answer": case.answer,
        "answered_at": case.answered_at,
    }


def _message(row: Message) -> dict[str, object]:
    return {"pledge": row.pledge_id, "text": row.text, "sent_at": row.created_at}
