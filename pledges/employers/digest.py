"""A mail about what waits at an employer's desk: one a day at most, and only about news."""

import datetime
from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from pledges.accounts.models import Grant, User
from pledges.employers.models.actions import STALE_AFTER, Action, ActionQuerySet, Milestone
from pledges.employers.models.proposals import Proposal, ProposalQuerySet, Reader
from pledges.notifications.mail_tasks import PATIENCE, again
from pledges.notifications.mails import Mail, address
from pledges.notifications.unsubscribe import StopLink

STOP = StopLink("employers.mails.stop")
BATCH = 200  # people at a step
SOON = datetime.timedelta(days=7)  # before the last day
Role = Grant.Role
LINES = {
    "overdue": lambda n: ngettext(
        "%(n)d action is past its last day.", "%(n)d actions are past their last day.", n
    ),
    "soon": lambda n: ngettext(
        "%(n)d action is due within a week.", "%(n)d actions are due within a week.", n
    ),
    "steps": lambda n: ngettext(
        "%(n)d step is due within a week.", "%(n)d steps are due within a week.", n
    ),
    "stale": lambda n: ngettext(
        "Nothing was said of %(n)d action for three months.",
        "Nothing was said of %(n)d actions for three months.",
        n,
    ),
    "sent": lambda n: ngettext(
        "%(n)d change waits for your approval.", "%(n)d changes wait for your approval.", n
    ),
    "returned": lambda n: ngettext(
        "%(n)d of your changes was returned, with the reason.",
        "%(n)d of your changes were returned, with the reason.",
        n,
    ),
}


def digest_mail(reader: User, counts: Mapping[str, int]) -> Mail:
    """The mail: a line for each count that is not zero."""
    return Mail(
        _("What waits on your employer’s page"),
        [
            _("On Changemap’s page of your employer:"),
            *(line(n) % {"n": n} for name, line in LINES.items() if (n := counts.get(name, 0))),
        ],
        link=address("my-employers"),
        last=[_("You get this once a day at most, and only when something new waits.")],
        stop=address("employer-mails-off", STOP.token(reader)),
    )


def _open_actions(person: User) -> ActionQuerySet:
    """Of the employers that a person writes for."""
    grants = Grant.objects.of(person, Role.EDITOR, Role.APPROVER)
    return Action.objects.filter(organisation__in=grants.values("organisation")).open()


def _to_approve(person: User) -> ProposalQuerySet:
    grants = Grant.objects.of(person, Role.APPROVER)
    sent = Proposal.objects.filter(organisation__in=grants.values("organisation")).sent()
    return sent.exclude(made_by=person)


def _returned(person: User) -> ProposalQuerySet:
    grants = Grant.objects.of(person, Role.EDITOR, Role.APPROVER)
    rows = Proposal.objects.filter(organisation__in=grants.values("organisation"), made_by=person)
    return rows.filter(state=Proposal.State.RETURNED)


def counts_of(person: User, day: datetime.date) -> dict[str, int]:
    """What waits for a person on a day: the counts of `LINES`."""
    actions, until = _open_actions(person), day + SOON
    steps = Milestone.objects.filter(action__in=actions, reached_on__isnull=True)
    rows = {
        "overdue": actions.overdue(day),
        "soon": actions.filter(due__range=(day, until)),
        "steps": steps.filter(due__range=(day, until)),
        "stale": actions.stale(day),
        "sent": _to_approve(person),
        "returned": _returned(person),
    }
    return {name: found.count() for name, found in rows.items()}


def has_news(person: User, since: datetime.date, day: datetime.date) -> bool:
    """Whether anything began to wait after `since`, up to `day`.

    Actions and steps begin to wait seven days before they are due, or when they are published with
    less time; again once they are overdue, and once they had no update for three months.
    """
    actions = _open_actions(person)
    entering = Q(due__gt=since + SOON, due__lte=day + SOON) | Q(due__gte=since, due__lt=day)
    published = Q(approved_at__date__gt=since, due__lte=day + SOON)
    quiet = Q(said_at__date__gt=since - STALE_AFTER, said_at__date__lte=day - STALE_AFTER)
    steps = Milestone.objects.filter(action__in=actions, reached_on__isnull=True, due__gte=day)
    found: tuple[QuerySet, ...] = (
        actions.filter(entering | published | quiet),
        steps.filter(due__gt=since + SOON, due__lte=day + SOON),
        _to_approve(person).filter(sent_at__date__gt=since),
        _returned(person).filter(decided_at__date__gt=since),
    )
    return any(rows.exists() for rows in found)


def recipients(day: datetime.date) -> QuerySet[User]:
    """Editors and approvers who want mails and had none on this day."""
    grants = Grant.objects.filter(person=OuterRef("pk"), role__in=(Role.EDITOR, Role.APPROVER))
    done = Reader.objects.filter(
        Q(digest_on__gte=day) | Q(no_mails_since__isnull=False), person=OuterRef("pk")
    )
    people = User.objects.filter(is_active=True, demo=False)
    return people.filter(Exists(grants), ~Exists(done)).order_by("pk")


def queue_digests() -> int:
    """Queue all digests of today; return how many."""
    return sum(batches(timezone.localdate()))


def batches(day: datetime.date) -> Iterator[int]:
    """Queue the digests of a day, a batch at a time; yields how many each queued."""
    last = 0
    while found := list(recipients(day).filter(pk__gt=last)[:BATCH]):
        last = found[-1].pk
        yield sum(_queue(person, day) for person in found)


@transaction.atomic
def _queue(person: User, day: datetime.date) -> bool:
    """Record the day and queue the mail: it may be lost, but is never sent twice."""
    last = Reader.objects.filter(person=person).values_list("digest_on", flat=True).first()
    if not has_news(person, last or day - SOON, day):
        return False
    Reader.objects.get_or_create(person=person)
    reader = Reader.objects.select_for_update().get(person=person)
    if reader.digest_on and reader.digest_on >= day:
        return False
    Reader.objects.filter(pk=reader.pk).update(digest_on=day)
    send_digest.enqueue(person.pk, numbers=counts_of(person, day))
    return True


@task()
def send_digest(person: int, numbers: dict[str, int], tries: int = 0) -> None:
    """Send the counts, unless the person wants no mails by now."""
    unwanted = Reader.objects.filter(person=OuterRef("pk"), no_mails_since__isnull=False)
    reader = User.objects.filter(~Exists(unwanted), pk=person, is_active=True).first()
    if not reader:
        return
    try:
        digest_mail(reader, numbers).to(reader.email).send()
    except OSError as error:  # the base of all errors of mail servers
        again(send_digest, PATIENCE, tries, error, person=person, numbers=numbers)


def stop_mails(person: User) -> None:
    """Send them no more digests; the moment of the first wish stays."""
    Reader.objects.get_or_create(person=person)
    Reader.objects.filter(person=person, no_mails_since__isnull=True).update(
        no_mails_since=timezone.now()
    )


def want_mails(person: User) -> None:
    """Send them digests again."""
    Reader.objects.filter(person=person).update(no_mails_since=None)
