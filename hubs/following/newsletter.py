"""The newsletter: confirmed by mail, sent weekly at most, and only where there is news."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks import task

from hubs.following.actions import begin_newsletter
from hubs.following.models import Interests
from hubs.following.news import Fresh
from pledges.accounts.confirmation import NotConfirmed
from pledges.accounts.confirmation_kinds import Asked
from pledges.accounts.models import Confirmation, User
from pledges.notifications.mail_tasks import PATIENCE, again
from pledges.notifications.mails import Mail, address
from pledges.notifications.unsubscribe import StopLink


def _begin(confirmation: Confirmation, person: User) -> None:
    chosen = confirmation.subject
    if not isinstance(chosen, Interests) or chosen.pk != person.pk:
        raise NotConfirmed
    begin_newsletter(person, timezone.localdate())


NEWSLETTER = Asked(
    subject=gettext_lazy("Confirm that you want the newsletter"),
    first=gettext_lazy(
        "Somebody who is signed in with this e-mail address wants the newsletter of Changemap. If"
        " it was you, confirm it: until then none is sent."
    ),
    question=gettext_lazy("Do you want the newsletter?"),
    button=gettext_lazy("Yes, send it to me"),
    template="hubs/following/asked.html",
    work=_begin,
    after=lambda _confirmation: reverse("my-changemap"),
)


def newsletter(reader: User, fresh: Fresh, first: datetime.date) -> Mail:
    since = _("This is new since %(day)s in your topics and your area.")
    return Mail(
        _("What is new on your Changemap"),
        [since % {"day": date_format(first, "j F Y")}, *_lines(fresh)],
        link=address("my-changemap"),
        last=[
            _(
                "You asked for this newsletter. It comes once a week at most, and only when there"
                " is something new."
            )
        ],
        stop=address("newsletter-off", STOP.token(reader)),
    )


def _lines(fresh: Fresh) -> list[str]:
    pledges = ngettext("%(n)d new pledge", "%(n)d new pledges", fresh.pledges)
    posts = ngettext(
        "%(n)d new post in the conversation", "%(n)d new posts in the conversation", fresh.posts
    )
    lines = [words % {"n": n} for words, n in ((pledges, fresh.pledges), (posts, fresh.posts)) if n]
    lines += [
        _("New event, or changed: %(title)s. %(when)s") % {"title": event.title, "when": event.when}
        for event in fresh.events
    ]
    return lines + [_("New resource: %(title)s") % {"title": r.title} for r in fresh.resources]


STOP = StopLink("mine.newsletter.stop")
BATCH = 200  # people at a step


def queue_newsletters() -> int:
    """Queue all newsletters of today; return how many."""
    return sum(batches(timezone.localdate()))


def batches(day: datetime.date) -> Iterator[int]:
    """Queue the newsletters of a day, a batch at a time; yields how many each queued."""
    last = 0
    while keys := list(
        Interests.objects.waiting(day).filter(pk__gt=last).values_list("pk")[:BATCH]
    ):
        last = keys[-1][0]
        yield sum(_queue(key, day) for (key,) in keys)


@transaction.atomic
def _queue(person: int, day: datetime.date) -> bool:
    """Note that a person has been told, and queue the mail: perhaps lost, never sent twice."""
    rows = Interests.objects.waiting(day).select_for_update(of=["self"])
    chosen = rows.filter(pk=person).first()
    if chosen is None:
        return False
    first, last = chosen.told_until, day - datetime.timedelta(days=1)
    Interests.objects.filter(pk=person).update(told_until=day)
    send_newsletter.enqueue(person, first.isoformat(), last.isoformat())
    return True


@task()
def send_newsletter(person: int, first: str, last: str, tries: int = 0) -> None:
    """Send what was new from the first day to the last, as it stands now.

    Nothing where nothing was, and to nobody who wants none by now.
    """
    chosen = Interests.objects.filter(pk=person, newsletter_since__isnull=False)
    reader = User.objects.filter(pk__in=chosen.values("pk"), is_active=True).first()
    if not reader:
        return
    begin = datetime.date.fromisoformat(first)
    fresh = Fresh.of(reader, begin, datetime.date.fromisoformat(last))
    if not fresh:
        return
    try:
        newsletter(reader, fresh, begin).to(reader.email).send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_newsletter, PATIENCE, tries, error, person=person, first=first, last=last)
