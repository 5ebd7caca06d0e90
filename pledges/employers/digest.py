"""What waits at an employer's desk: one mail a day at most, and only where there is something."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from pledges.accounts.models import Grant, User
from pledges.employers.models.actions import Action, Milestone
from pledges.employers.models.proposals import Proposal, Reader
from pledges.employers.models.querysets import STALE_AFTER
from pledges.notifications.mail_tasks import PATIENCE, again
from pledges.notifications.mails import Mail, address
from pledges.notifications.unsubscribe import StopLink


def digest(reader: User, numbers: Mapping[str, int]) -> Mail:
    """What waits at the desk: a line for each sort of thing."""
    n = {name: numbers.get(name, 0) for name in WORDS}
    lines = [_line(name, number) for name, number in n.items() if number]
    return Mail(
        _("What waits on your employer’s page"),
        [_("On Changemap’s page of your employer:"), *lines],
        link=address("my-employers"),
        last=[_("You get this once a day at most, and only when something new waits.")],
        stop=address("employer-mails-off", STOP.token(reader)),
    )


def _line(name: str, number: int) -> str:
    return WORDS[name](number) % {"n": number}


WORDS = {
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
STOP = StopLink("employers.mails.stop")
BATCH = 200  # people at a step
SOON = datetime.timedelta(days=7)  # before the last day
Role = Grant.Role


@dataclass(frozen=True)
class News:
    """How many actions end soon, are overdue or stale; steps due; proposals to look at."""

    soon: int = 0
    overdue: int = 0
    stale: int = 0
    steps: int = 0
    sent: int = 0
    returned: int = 0


def news(person: User, day: datetime.date) -> News:
    """What waits for a person on a day."""
    held = Grant.objects.of(person, Role.EDITOR, Role.APPROVER).values("organisation")
    approves = Grant.objects.of(person, Role.APPROVER).values("organisation")
    actions = Action.objects.filter(organisation__in=held)
    until = day + SOON
    steps = Milestone.objects.filter(
        action__in=actions.open(), reached_on__isnull=True, due__range=(day, until)
    )
    proposals = Proposal.objects.filter(organisation__in=held)
    return News(
        soon=actions.open().filter(due__range=(day, until)).count(),
        overdue=actions.overdue(day).count(),
        stale=actions.stale(day).count(),
        steps=steps.count(),
        sent=Proposal.objects.filter(organisation__in=approves)
        .sent()
        .exclude(made_by=person)
        .count(),
        returned=proposals.filter(state=Proposal.State.RETURNED, made_by=person).count(),
    )


def is_new(person: User, since: datetime.date, day: datetime.date) -> bool:
    """Whether anything came to wait after one day, up to another.

    Actions and steps come to wait seven days before they are due, or when they were published with
    less time; once they are overdue; and once nothing was said of them for three months.
    """
    held = Grant.objects.of(person, Role.EDITOR, Role.APPROVER).values("organisation")
    approves = Grant.objects.of(person, Role.APPROVER).values("organisation")
    actions = Action.objects.filter(organisation__in=held).open()
    entering = Q(due__gt=since + SOON, due__lte=day + SOON) | Q(due__gte=since, due__lt=day)
    published = Q(approved_at__date__gt=since, due__lte=day + SOON)
    quiet = Q(said_at__date__gt=since - STALE_AFTER, said_at__date__lte=day - STALE_AFTER)
    steps = Milestone.objects.filter(action__in=actions, reached_on__isnull=True, due__gte=day)
    sent = Proposal.objects.filter(organisation__in=approves, sent_at__date__gt=since)
    back = Proposal.objects.filter(made_by=person, organisation__in=held)
    found = (
        actions.filter(entering | published | quiet),
        steps.filter(due__gt=since + SOON, due__lte=day + SOON),
        sent.sent().exclude(made_by=person),
        back.filter(state=Proposal.State.RETURNED, decided_at__date__gt=since),
    )
    return any(rows.exists() for rows in found)


def waiting(day: datetime.date) -> QuerySet[User]:
    """People who look after an employer's page, want mails and had none on this day."""
    held = Grant.objects.filter(person=OuterRef("pk"), role__in=(Role.EDITOR, Role.APPROVER))
    told = Reader.objects.filter(
        Q(digest_on__gte=day) | Q(no_mails_since__isnull=False), person=OuterRef("pk")
    )
    people = User.objects.filter(is_active=True, demo=False)
    return people.filter(Exists(held), ~Exists(told)).order_by("pk")


def queue_digests() -> int:
    """Queue all digests of today; return how many."""
    return sum(batches(timezone.localdate()))


def batches(day: datetime.date) -> Iterator[int]:
    """Queue the digests of a day, a batch at a time; yields how many each queued."""
    last = 0
    while found := list(waiting(day).filter(pk__gt=last)[:BATCH]):
        last = found[-1].pk
        yield sum(_queue(person, day) for person in found)


@transaction.atomic
def _queue(person: User, day: datetime.date) -> bool:
    """Note that a person has been told, and queue the mail: perhaps lost, never sent twice."""
    last = Reader.objects.filter(person=person).values_list("digest_on", flat=True).first()
    if not is_new(person, last or day - SOON, day):
        return False
    Reader.objects.get_or_create(person=person)
    reader = Reader.objects.select_for_update().get(person=person)
    if reader.digest_on and reader.digest_on >= day:
        return False
    Reader.objects.filter(pk=reader.pk).update(digest_on=day)
    send_digest.enqueue(person.pk, numbers=asdict(news(person, day)))
    return True


@task()
def send_digest(person: int, numbers: dict[str, int], tries: int = 0) -> None:
    """Send what waits, in numbers; nothing to whoever wants none by now."""
    unwanted = Reader.objects.filter(person=OuterRef("pk"), no_mails_since__isnull=False)
    reader = User.objects.filter(~Exists(unwanted), pk=person, is_active=True).first()
    if not reader:
        return
    try:
        digest(reader, numbers).to(reader.email).send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_digest, PATIENCE, tries, error, person=person, numbers=numbers)


def stop_mails(person: User) -> None:
    """They want no more of these mails; the first wish is kept."""
    Reader.objects.get_or_create(person=person)
    Reader.objects.filter(person=person, no_mails_since__isnull=True).update(
        no_mails_since=timezone.now()
    )


def want_mails(person: User) -> None:
    """They want these mails again."""
    Reader.objects.filter(person=person).update(no_mails_since=None)
