"""News of posts that people follow: one mail a day at most, and only where there is any."""

import datetime
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from hubs.conversation import mails as letters
from hubs.conversation.models.participation import Follow
from hubs.conversation.models.private import Reader
from hubs.conversation.models.replies import Reply
from pledges.accounts.models import User
from pledges.notifications.mail_tasks import PATIENCE, again
from pledges.notifications.unsubscribe import StopLink

STOP = StopLink("conversation.mails.stop")
BATCH = 200  # people at a step


@dataclass(frozen=True)
class News:
    """How much is new: under how many posts, replies, official answers, results."""

    posts: int = 0
    replies: int = 0
    answers: int = 0
    results: int = 0

    def with_post(self, person: int, follow: int, post: int, since: datetime.datetime) -> "News":
        """Add what others said about one post since then; nothing that the person said."""
        said = Reply.objects.public().filter(post=post, confirmed_at__gt=since)
        said = said.exclude(author=person).exclude(veil__person=person)
        answers = said.official().count()
        replies = said.count() - answers
        results = Follow.objects.filter(pk=follow, post__closed_at__gt=since).count()
        if not (answers or replies or results):
            return self
        return News(
            self.posts + 1, self.replies + replies, self.answers + answers, self.results + results
        )


def news() -> QuerySet[Follow]:
    """Follows with something that their person has not been told of."""
    late = Reply.objects.public().filter(post=OuterRef("post"), confirmed_at__gt=F("created_at"))
    lately = (
        Q(post__counts__last_at__gt=F("told_at"))
        | Q(post__closed_at__gt=F("told_at"))
        | Exists(late.filter(confirmed_at__gt=OuterRef("told_at")))
    )
    return Follow.objects.filter(lately, post__public=True)


def waiting(day: datetime.date) -> QuerySet[User]:
    """People with news who want mails and had no digest on this day."""
    done = Reader.objects.filter(Q(digest_on__gte=day) | Q(no_mails_since__isnull=False))
    people = User.objects.filter(is_active=True, demo=False)
    # By whether there is news, not by joining it: a person with much of it is one person.
    return people.filter(
        Exists(news().filter(person=OuterRef("pk"))),
        ~Exists(done.filter(person=OuterRef("pk"))),
    ).order_by("pk")


def queue_digests() -> int:
    """Queue all digests of today; return how many."""
    return sum(batches(timezone.localdate()))


def batches(day: datetime.date) -> Iterator[int]:
    """Queue the digests of a day, a batch at a time; yields how many each queued."""
    last = 0
    while keys := list(waiting(day).filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        yield sum(_queue(key, day) for key in keys)


@transaction.atomic
def _queue(person: int, day: datetime.date) -> bool:
    """Note that a person has been told, and queue the mail: perhaps lost, never sent twice."""
    reader, _new = Reader.objects.get_or_create(person_id=person)
    reader = Reader.objects.select_for_update().get(pk=reader.pk)
    if reader.digest_on and reader.digest_on >= day:
        return False
    rows = list(news().filter(person=person).values_list("pk", "post", "told_at"))
    found = News()
    for key, post, since in rows:
        found = found.with_post(person, key, post, since)
    Follow.objects.filter(pk__in=[key for key, *_rest in rows]).update(told_at=timezone.now())
    if not found.posts:
        return False
    Reader.objects.filter(pk=reader.pk).update(digest_on=day)
    send_digest.enqueue(person, **asdict(found))
    return True


@task()
def send_digest(
    person: int, replies: int, posts: int, answers: int = 0, results: int = 0, tries: int = 0
) -> None:
    """Send the news of a day, in numbers; nothing to whoever wants none by now."""
    unwanted = Reader.objects.filter(person=OuterRef("pk"), no_mails_since__isnull=False)
    reader = User.objects.filter(~Exists(unwanted), pk=person, is_active=True).first()
    if not reader:
        return
    found = {"posts": posts, "replies": replies, "answers": answers, "results": results}
    try:
        letters.digest(reader, **found).to(reader.email).send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_digest, PATIENCE, tries, error, person=person, **found)


def stop_mails(person: User) -> None:
    """They want no more mails of the conversation; the first wish is kept."""
    Reader.objects.get_or_create(person=person)
    Reader.objects.filter(person=person, no_mails_since__isnull=True).update(
        no_mails_since=timezone.now()
    )


def want_mails(person: User) -> None:
    """They want mails again, of what is said from now on."""
    Reader.objects.filter(person=person).update(no_mails_since=None)
    Follow.objects.filter(person=person).update(told_at=timezone.now())
