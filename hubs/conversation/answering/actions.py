"""Answering for a hub or the national team: assigned, drafted, published, merged, closed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.core.errors import BadParameter
from hubs.conversation import mail_tasks
from hubs.conversation.actions import lock_public, settle_answered
from hubs.conversation.errors import PostClosed
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.participation import Deed, Follow, Support
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Answering
from hubs.conversation.models.replies import Reply, Voice
from hubs.conversation.permissions import may_answer, voices_of
from pledges.accounts.audit import note
from pledges.accounts.models import User


@transaction.atomic
def assign(post: Post, by: User, to: User | None) -> Answering:
    """Put a post on somebody's desk, or on nobody's. Raises PermissionDenied for either of them."""
    _must(by, post)
    if to:
        _must(to, post)
    desk, _new = Answering.objects.update_or_create(
        post=lock_public(post), defaults={"assigned_to": to, "changed_by": by}
    )
    return desk


@transaction.atomic
def save_draft(post: Post, by: User, text: str, voice: Voice) -> Answering:
    """Keep an answer that is not said yet. Raises PermissionDenied."""
    _must(by, post, voice)
    desk, _new = Answering.objects.update_or_create(
        post=lock_public(post), defaults={"draft": text, "voice": voice, "changed_by": by}
    )
    return desk


@transaction.atomic
def publish_answer(post: Post, by: User, text: str, voice: Voice) -> Reply:
    """Answer in public for a hub or the national team; the draft and the desk are done with.

    The same words twice in a row are one answer. Raises PermissionDenied, NotFound, PostClosed.
    """
    _must(by, post, voice)
    found = lock_public(post)
    if found.closed:
        raise PostClosed
    area = found.region if voice == Voice.HUB else None
    said = Reply.objects.filter(post=found, public=True).official().oldest_first().last()
    if said and (said.text, said.voice, said.area_id) == (text, voice, area and area.pk):
        return said
    now = timezone.now()
    reply = Reply.objects.create(
        post=found,
        text=text,
        signed=Signed.ROLE,
        author=by,
        voice=voice,
        area=area,
        created_at=now,
        verified_at=now,
        confirmed_at=now,
    )
    settle_answered(found)
    Answering.objects.filter(post=found).delete()
    note(found, "answered", reply=reply.pk)
    mail_tasks.said(reply)
    return reply


@transaction.atomic
def close(post: Post, by: User, result: str) -> Post:
    """Close a post with what came of it; it takes no more replies. Raises PermissionDenied."""
    _must(by, post)
    found = lock_public(post)
    if not found.closed:
        now = timezone.now()
        found.closed_at, found.closed_by, found.result = now, by, result
        found.answered_at = found.answered_at or now
        found.save(update_fields=["closed_at", "closed_by", "result", "answered_at"])
        Answering.objects.filter(post=found).delete()
        note(found, "closed")
        mail_tasks.ended(found)
    post.refresh_from_db()
    return post


@transaction.atomic
def reopen(post: Post, by: User) -> Post:
    """Take it back that a post is closed. Raises PermissionDenied."""
    _must(by, post)
    found = lock_public(post)
    if found.closed:
        found.closed_at, found.closed_by, found.result = None, None, ""
        found.answered_at = None if not found.answered else found.answered_at
        found.save(update_fields=["closed_at", "closed_by", "result"])
        settle_answered(found)
        note(found, "opened again")
    post.refresh_from_db()
    return post


@transaction.atomic
def merge(gone: Post, kept: Post, by: User) -> Post:
    """Say that a post is the same as another: who supports, follows and said moves along.

    Whoever asks for it is led to the other. Nobody supports or follows twice, or their own. Raises
    PermissionDenied for either of them, BadParameter for a post and itself, NotFound.
    """
    if gone.pk == kept.pk:
        raise BadParameter("into", str(_("a post cannot be merged into itself")))
    _must(by, gone)
    _must(by, kept)
    # In the order of their numbers, so that two merges at once wait for each other.
    both = {post.pk: lock_public(post) for post in sorted((gone, kept), key=lambda one: one.pk)}
    gone, kept = both[gone.pk], both[kept.pk]
    for model in (Support, Follow):
        there = model.objects.filter(post=kept).values("person")
        moving = model.objects.filter(post=gone)
        moving.filter(person__in=there).delete()
        moving.filter(person__in=_authors(kept)).delete()
        moving.update(post=kept)
    Deed.objects.filter(post=gone).exclude(
        pledge__in=Deed.objects.filter(post=kept).values("pledge")
    ).update(post=kept)
    Reply.objects.filter(post=gone).update(post=kept)
    # What was merged into this one before goes along.
    Post.objects.filter(merged_into=gone).update(merged_into=kept)
    Post.objects.filter(pk=gone.pk).update(merged_into=kept)
    Answering.objects.filter(post=gone).delete()
    settle_answered(kept)
    note(kept, "merged", post=gone.pk)
    mail_tasks.merged(gone, kept)
    kept.refresh_from_db()
    return kept


def _authors(post: Post):
    return Post.objects.filter(pk=post.pk, author__isnull=False).values("author")


def _must(person: User, post: Post, voice: Voice | None = None) -> None:
    if not may_answer(person, post) or (voice and voice not in voices_of(person, post)):
        raise PermissionDenied
