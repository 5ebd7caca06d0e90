"""The newsletter: confirmed by mail, sent weekly at most, and only if there is news."""

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
from hubs.following.news import News
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
    template="hubs/following/confirmation.html",
    work=_begin,
    after=lambda _confirmation: reverse("my-changemap"),
    kind="newsletter",
)


def newsletter_mail(reader: User, news: News, first: datetime.date) -> Mail:
    since = _("This is new since %(day)s in your topics and your area.")
    return Mail(
        _("What is new on your Changemap"),
        [since % {"day": date_format(first, "j F Y")}, *_lines(news)],
        link=address("my-changemap"),
        last=[
            _(
                "You asked for this newsletter. It comes once a week at most, and only when there"
                " is something new."
            )
        ],
        stop=address("newsletter-off", STOP.token(reader)),
    )


def _lines(news: News) -> list[str]:
    pledges = ngettext("%(n)d new pledge", "%(n)d new pledges", news.pledges)
    posts = ngettext(
        "%(n)d new post in the conversation", "%(n)d new posts in the conversation", news.posts
    )
    lines = [words % {"n": n} for words, n in ((pledges, news.pledges), (posts, news.posts)) if n]
    lines += [
        _("New event, or changed: %(title)s. %(when)s") % {"title": event.title, "when": event.when}
        for event in news.events
    ]
    return lines + [_("New resource: %(title)s") % {"title": r.title} for r in news.resources]


STOP = StopLink("mine.newsletter.stop")
BATCH = 200  # people in a step


def queue_newsletters() -> int:
    """Queue all newsletters of today; return how many."""
    return sum(batches(timezone.localdate()))


def batches(day: datetime.date) -> Iterator[int]:
    """Queue the newsletters of a day, a batch at a time; yields how many each queued."""
    last = 0
    while keys := list(Interests.objects.due(day).filter(pk__gt=last).values_list("pk")[:BATCH]):
        last = keys[-1][0]
        yield sum(_queue(key, day) for (key,) in keys)


@transaction.atomic
def _queue(person: int, day: datetime.date) -> bool:
    """Move the day forward and queue the mail in one transaction: it is never sent twice."""
    rows = Interests.objects.due(day).select_for_update(of=["self"])
    chosen = rows.filter(pk=person).first()
    if chosen is None:
        return False
    first = chosen.told_until or day  # the constraint of the table allows no newsletter without
    last = day - datetime.timedelta(days=1)
    Interests.objects.filter(pk=person).update(told_until=day)
    send_newsletter.enqueue(person, first.isoformat(), last.isoformat())
    return True


@task()
def send_newsletter(person: int, first: str, last: str, tries: int = 0) -> None:
    """Send the news from the first day to the last (ISO dates), if there are any.

    Nothing is sent to somebody who has ended the newsletter since it was queued.
    """
    chosen = Interests.objects.filter(pk=person, newsletter_since__isnull=False)
    reader = User.objects.filter(pk__in=chosen.values("pk"), is_active=True).first()
    if not reader:
        return
    begin = datetime.date.fromisoformat(first)
    news = News.of(reader, begin, datetime.date.fromisoformat(last))
    if not news:
        return
    try:
        newsletter_mail(reader, news, begin).to(reader.email).send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_newsletter, PATIENCE, tries, error, person=person, first=first, last=last)
