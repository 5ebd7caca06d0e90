"""Replying, in threads of two levels."""

import uuid

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.errors import NotFound
from hubs.conversation import mailing
from hubs.conversation.actions.screening import publish_if_ready, screen
from hubs.conversation.authors import set_author
from hubs.conversation.errors import PostClosed
from hubs.conversation.models import Post, Reply, Signed
from pledges.models import User


@transaction.atomic
def make_reply(
    post: Post,
    *,
    text: str,
    parent: Reply | None = None,
    signed: Signed = Signed.NAME,
    display_name: str = "",
    role: str = "",
    author: User | None = None,
    form_key: uuid.UUID | None = None,
    confirmed: bool = True,
) -> Reply:
    """Write a reply to a post, or to one of its replies; `verify_reply` follows unless confirmed.

    Raises NotFound where there is no such thing in view, PostClosed, IntegrityError where the same
    form was sent before.
    """
    found = lock_public(post)
    if found.closed:
        raise PostClosed
    above = _above(found, parent)
    if signed == Signed.ANONYMOUS:
        display_name = role = ""
    elif signed == Signed.ROLE:
        display_name = ""
    now = timezone.now()
    reply = Reply(
        post=found,
        parent=above,
        text=text,
        signed=signed,
        display_name=display_name,
        role=role,
        form_key=form_key,
        created_at=now,
        verified_at=now if confirmed else None,
        confirmed_at=now if confirmed else None,
    )
    reply.save(force_insert=True)
    if author:
        set_author(reply, author)
    if confirmed:
        mailing.said(reply)
    reply.refresh_from_db()
    return reply


def lock_public(post: Post) -> Post:
    """The public post, kept as it is until the end of the transaction. Raises NotFound."""
    found = Post.objects.public().select_for_update(no_key=True).filter(pk=post.pk).first()
    if found is None:
        raise NotFound(_("This is no longer shown."))
    return found


def _above(post: Post, parent: Reply | None) -> Reply | None:
    """What a reply hangs below: one to an answer of the second level stands beside that."""
    if parent is None:
        return None
    found = Reply.objects.public().filter(pk=parent.pk, post=post).first()
    if found is None:
        raise NotFound(_("What you reply to is no longer shown."))
    return found.parent or found


@transaction.atomic
def verify_reply(reply: Reply, author: User) -> Reply:
    """The author stands by the reply: it is shown, unless its words wait for a moderator."""
    # The post first, as everybody who writes replies locks it.
    Post.objects.select_for_update(no_key=True).get(pk=reply.post_id)
    if Reply.objects.filter(pk=reply.pk, verified_at__isnull=True).update(verified_at=Now()):
        set_author(reply, author)
        screen(reply)
    show_reply(reply)
    return reply


def show_reply(reply: Reply) -> None:
    """Bring a reply that nothing is waited for any more into view, and tell whom it concerns."""
    if publish_if_ready(reply):
        mailing.said(reply)


@transaction.atomic
def reword_reply(reply: Reply, text: str) -> Reply:
    """Word a reply anew that a moderator is waited for; nobody has read it yet."""
    Post.objects.select_for_update(no_key=True).get(pk=reply.post_id)
    found = Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    if text != found.text and found.confirmed_at is None:
        Reply.objects.filter(pk=found.pk).update(text=text)
        found.text = text
        screen(found)
        show_reply(found)
    reply.refresh_from_db()
    return reply


@transaction.atomic
def withdraw_reply(reply: Reply) -> Reply:
    """Take a reply out of view; what was answered to it stays."""
    Post.objects.select_for_update(no_key=True).get(pk=reply.post_id)
    Reply.objects.filter(pk=reply.pk, withdrawn_at__isnull=True).update(withdrawn_at=Now())
    settle_answered(reply.post)
    reply.refresh_from_db()
    return reply


def settle_answered(post: Post) -> None:
    """Say since when a post is answered: since its first official answer in view, or its end."""
    first = Reply.objects.filter(post=post, public=True).official().oldest_first().first()
    moments = [moment for moment in (first and first.created_at, post.closed_at) if moment]
    Post.objects.filter(pk=post.pk).update(answered_at=min(moments, default=None))
