"""How long everything is stored: one table, which `forget` obeys and the privacy page shows."""

import datetime
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from geo import uploads
from geo.live.models import News
from geo.ogcapi.export import files
from geo.uploads.storage import UNUSED_KEPT
from pledges.accounts.models import Confirmation, Taken, User
from pledges.accounts.personal_data import keepers
from pledges.certificates.models import Certificate
from pledges.moderation.models import Case, Decision, Report
from pledges.notifications import outbox
from pledges.pledging.models import Pledge, PledgeCounts

DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY
SIGNED_IN = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
# Removes what is older than that moment, or counts it alone, and returns how many.
Work = Callable[[datetime.datetime, bool], int]


@dataclass(frozen=True)
class Rule:
    """What is kept for how long, and why; `work` removes what is older.

    `kept` is None for what has an end of its own, which `until` names.
    """

    name: str | Promise
    why: str | Promise
    work: Work
    kept: datetime.timedelta | None = None
    until: str | Promise = ""

    @property
    def span(self) -> str | Promise:
        """For how long, in words."""
        return in_words(self.kept) if self.kept else self.until


def in_words(span: datetime.timedelta) -> str:
    """Return a span of whole days, or of whole years, in the reader's language."""
    if span % YEAR:
        return ngettext("%(n)d day", "%(n)d days", span.days) % {"n": span.days}
    return ngettext("%(n)d year", "%(n)d years", span // YEAR) % {"n": span // YEAR}


def removing(rows: Callable[[datetime.datetime], QuerySet]) -> Work:
    """Return the work of removing the rows older than a moment."""

    def work(before: datetime.datetime, dry_run: bool) -> int:
        found = rows(before)
        count = found.count()
        if count and not dry_run:
            found.delete()
        return count

    return work


def emptying(
    rows: Callable[[datetime.datetime], QuerySet], blank: Mapping[str, str | None]
) -> Work:
    """Return the work of emptying fields of the rows older than a moment; the rows stay."""

    def work(before: datetime.datetime, dry_run: bool) -> int:
        left = Q(**{name: value for name, value in blank.items() if value is not None})
        left &= Q(**{f"{name}__isnull": True for name, value in blank.items() if value is None})
        found = rows(before).exclude(left)
        return found.count() if dry_run else found.update(**blank)

    return work


def _unconfirmed(before: datetime.datetime) -> QuerySet:
    # One whose author answered is kept, whatever else it waits for.
    return Pledge.objects.filter(
        verified_at__isnull=True, confirmed_at__isnull=True, created_at__lt=before
    )


def _withdrawn(before: datetime.datetime) -> QuerySet:
    # Whoever checks a certificate is told that it was withdrawn, not that there is none.
    certified = Certificate.objects.filter(pledge=OuterRef("pk"))
    return Pledge.objects.filter(withdrawn_at__lt=before).exclude(Exists(certified))


RETENTION = (
    Rule(
        _("Pledges that nobody confirmed, and what was typed with them"),
        _("to be shown once the mail is answered"),
        removing(_unconfirmed),
        7 * DAY,
    ),
    Rule(
        _("Pledges that their author withdrew"),
        _("so that the author can look them up"),
        removing(_withdrawn),
        YEAR,
    ),
    Rule(
        _("Questions that a mail asks, with the address it went to"),
        _("to know the answer when it comes"),
        removing(lambda before: Confirmation.objects.filter(expires_at__lt=before)),
        until=_("until the code and the link of the mail end"),
    ),
    Rule(
        _("How often an address or a network asked, as a digest that cannot be read back"),
        _("to keep others from sending mails in your name, and to stop guessing of codes"),
        removing(lambda before: Taken.objects.filter(until__lt=before)),
        until=_("until the limit ends, an hour or a day later"),
    ),
    Rule(
        _("That your browser is signed in"),
        _("to know you from page to page"),
        removing(lambda before: Session.objects.filter(expire_date__lt=before + SIGNED_IN)),
        SIGNED_IN,
    ),
    Rule(
        _("Mails that could not be sent"),
        _("to find out what went wrong"),
        removing(lambda before: DBTaskResult.objects.filter(finished_at__lt=before)),
        14 * DAY,
    ),
    Rule(
        _("What somebody wrote in a report, and who reported, after the decision"),
        _("to answer questions about the decision"),
        emptying(
            lambda before: Report.objects.filter(case__decided_at__lt=before),
            {"words": "", "reporter": None},
        ),
        YEAR,
    ),
    Rule(
        _("What was reported, in its words, and what its author answered, after the decision"),
        _("to decide alike in like cases, and to look at a decision again"),
        emptying(
            lambda before: Case.objects.filter(decided_at__lt=before),
            {"original": "", "answer": ""},
        ),
        3 * YEAR,
    ),
    Rule(
        _("What moderators wrote of a decision, and about what"),
        _("to decide alike in like cases, and to look at a decision again"),
        emptying(
            lambda before: Decision.objects.filter(decided_at__lt=before),
            {"text": "", "words": ""},
        ),
        3 * YEAR,
    ),
    Rule(
        _("What operators and stewards changed, and which of them"),
        _("to find out how something came about"),
        removing(lambda before: LogEntry.objects.filter(timestamp__lt=before)),
        3 * YEAR,
    ),
    Rule(
        _("Which pledge has changed when, by its number alone"),
        _("so that copies of the public pledges can follow"),
        removing(lambda before: News.objects.older_than(before)),
        30 * DAY,
    ),
    Rule(
        _("Pictures and files that are part of nothing any more"),
        _("a form may still be on its way"),
        lambda _before, dry_run: uploads.delete_unused(dry_run=dry_run),
        UNUSED_KEPT,
    ),
    Rule(
        _("Files of all that is public, made for download"),
        _("so that nobody waits for what another has just waited for"),
        files.delete_outdated,
        until=_("until an hour has passed, or a day where nothing has changed"),
    ),
    Rule(
        _("Mails of a demo, which are shown on a page instead of being sent"),
        _("to try everything without a mail server"),
        outbox.forget,
        7 * DAY,
    ),
)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Forgotten:
    """How many of something were forgotten, or would be."""

    name: str | Promise
    number: int


def forget(*, dry_run: bool = False) -> list[Forgotten]:
    """Remove what is kept no longer, by the table of retention and by what other apps say.

    `dry_run` counts alone. Each rule is a transaction of its own, so that none is long, and one
    that fails keeps none of the others from being obeyed: then an ExceptionGroup is raised at the
    end.
    """
    now = timezone.now()
    found: list[Forgotten] = []
    errors: list[Exception] = []
    for rule in RETENTION:
        before = now - rule.kept if rule.kept else now
        with _collected(errors), transaction.atomic():
            found.append(Forgotten(rule.name, rule.work(before, dry_run)))
    for keeper in keepers():
        with _collected(errors):
            for overdue in keeper.overdue():
                with _collected(errors), transaction.atomic():
                    found.append(Forgotten(overdue.name, overdue.rows.count()))
                    if not dry_run:
                        overdue.forget()
    if errors:
        raise ExceptionGroup("Not all that is kept no longer could be removed", errors)
    return found


@contextmanager
def _collected(errors: list[Exception]) -> Iterator[None]:
    """Log an exception of the block, add it to the list, and go on."""
    try:
        yield
    except Exception as error:
        log.exception("A part of what is kept no longer could not be removed")
        errors.append(error)


@transaction.atomic
def remove_demo() -> int:
    """Remove every demo pledge and demo person; return how many pledges there were."""
    for keeper in keepers():
        keeper.remove_demo()
    PledgeCounts.objects.filter(pledge__demo=True)._raw_delete("default")
    # What real people did with demo pledges is little; the pledges are many, and go unread.
    for relation in Pledge._meta.related_objects:
        rows = relation.related_model.objects.filter(**{f"{relation.field.name}__demo": True})
        if relation.on_delete is models.CASCADE:
            rows.delete()
        else:
            rows.update(**{relation.field.name: None})
    count = Pledge.objects.filter(demo=True)._raw_delete("default")
    User.objects.filter(demo=True).delete()
    return count
