"""Mails of the conversation: queued with what caused them, written when the worker sends them.

People hear at once of their own posts. Whatever else they follow is in one digest a day: see
`hubs.conversation.digest`.
"""

from django_tasks import task

from hubs.conversation import mails as letters
from hubs.conversation.authors import author_of
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Reader
from hubs.conversation.models.replies import Reply
from pledges.accounts import rate_limits
from pledges.accounts.models import User
from pledges.notifications.mail_tasks import PATIENCE, again
from pledges.notifications.mails import Mail

# Whatever is said about a post, its author's letterbox is not filled: the page has it all.
TO_AUTHOR = rate_limits.Limit("replies-to-author", 10, 3600)


def said(reply: Reply) -> None:
    """A reply came into view: tell whose post it is about."""
    send_said.enqueue(reply.pk)


def ended(post: Post) -> None:
    send_ended.enqueue(post.pk)


def merged(gone: Post, kept: Post) -> None:
    send_merged.enqueue(gone.pk, kept.pk)


def wants_mails(person: User | None) -> bool:
    """Whether mails reach a person: not where they want none, nor those of a demo."""
    if person is None or not person.is_active or person.demo:
        return False
    return not Reader.objects.filter(person=person, no_mails_since__isnull=False).exists()


@task()
def send_said(key: int, tries: int = 0) -> None:
    """Tell the author of a post of one reply; nothing where it was theirs, or is gone meanwhile."""
    reply = Reply.objects.public().select_related("post", "area").filter(pk=key).first()
    if not reply:
        return
    author = author_of(reply.post)
    if not wants_mails(author) or author == author_of(reply):
        return
    try:
        if not tries and not reply.official:
            rate_limits.take(TO_AUTHOR, str(author.pk))
        letters.said(reply, author).to(author.email).send()
    except rate_limits.TooMany:
        return
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_said, PATIENCE, tries, error, key=key)


@task()
def send_ended(key: int, tries: int = 0) -> None:
    """Tell the author of a post that it was closed; nothing where it was opened meanwhile."""
    post = Post.objects.public().filter(pk=key, closed_at__isnull=False).first()
    author = author_of(post) if post else None
    if not wants_mails(author):
        return
    try:
        letters.ended(post, author).to(author.email).send()
    except OSError as error:
        again(send_ended, PATIENCE, tries, error, key=key)


@task()
def send_merged(gone: int, kept: int, tries: int = 0) -> None:
    """Tell the author of a duplicate where it went."""
    post = Post.objects.filter(pk=gone, merged_into__isnull=False).first()
    other = Post.objects.public().filter(pk=kept).first()
    author = author_of(post) if post else None
    if other is None or not wants_mails(author):
        return
    letter: Mail = letters.merged(other, author)
    try:
        letter.to(author.email).send()
    except OSError as error:
        again(send_merged, PATIENCE, tries, error, gone=gone, kept=kept)
