"""Every write of the conversation that a person causes, each in one transaction."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core.errors import NotFound
from hubs.conversation import mail_tasks
from hubs.conversation.authors import is_of, set_author
from hubs.conversation.errors import OwnPost, PostClosed, TakenUp, ThemeClosed
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.participation import Deed, Follow, Support
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Theme
from hubs.conversation.screening import publish_if_ready, screen
from pledges.accounts.models import User
from pledges.moderation import contact_details
from pledges.organisations.models import Organisation
from pledges.pledging.actions import next_key
from pledges.pledging.models import Pledge
from pledges.pledging.public_place import public_place

Show = Post.Show


@transaction.atomic
def make_post(
    *,
    text: str,
    theme: Theme,
    kind: Post.Kind,
    show: Show,
    signed: Signed = Signed.NAME,
    display_name: str = "",
    role: str = "",
    works_in_care: bool = False,
    author: User | None = None,
    organisation: Organisation | None = None,
    outcode: str = "",
    region: Area | None = None,
    form_key: uuid.UUID | None = None,
    confirmed: bool = True,
) -> Post:
    """Write a post, shown where the person chose; what is anonymous in its region at the finest.

    `confirmed` says that nobody needs to be asked any more: otherwise `verify_post` follows. Raises
    ThemeClosed, BadParameter or PlaceNotFound where it cannot be shown, IntegrityError where the
    same form was sent before. The counts follow with the next fold.
    """
    if not theme.is_open:
        raise ThemeClosed
    if signed == Signed.ANONYMOUS:
        region = region or (organisation.region if organisation else None)
        show = Show.REGION if region and show != Show.NONE else Show.NONE
        organisation, outcode, display_name, role = None, "", "", ""
    elif signed == Signed.ROLE:
        display_name = ""
    now = timezone.now()
    key = next_key(Post._meta.db_table)
    place = public_place(show, key, organisation=organisation, outcode=outcode, region=region)
    post = Post(
        pk=key,
        text=text,
        theme=theme,
        kind=kind,
        signed=signed,
        display_name=display_name,
        role=role,
        works_in_care=works_in_care,
        organisation=organisation,
        show=show,
        location=place.location,
        district=place.district,
        region=place.region,
        outcode=place.outcode,
        form_key=form_key,
        created_at=now,
        verified_at=now if confirmed else None,
        confirmed_at=now if confirmed else None,
        author=author if signed != Signed.ANONYMOUS else None,
    )
    post.save(force_insert=True)
    PostCounts.objects.create(post=post, last_at=now)
    if author and post.anonymous:
        set_author(post, author)
    return post


@transaction.atomic
def make_signed_in(author: User, **given: Any) -> Post:
    """Write a post of somebody who is signed in, and so stands by it: as `make_post`, then seen.

    Words without anything to look at are in view with the first writing of the row, which stands in
    a dozen indexes; others wait for a moderator, as `verify_post` says.
    """
    words = (given["text"], given.get("display_name", ""), given.get("role", ""))
    plain = not contact_details.find("\n".join(words))
    post = make_post(**given, author=author, confirmed=plain)
    if not plain:
        return verify_post(post, author)
    post.refresh_from_db()
    return post


@transaction.atomic
def verify_post(post: Post, author: User) -> Post:
    """The author stands by the post: it is shown, unless its words wait for a moderator."""
    if Post.objects.filter(pk=post.pk, verified_at__isnull=True).update(verified_at=Now()):
        set_author(post, author)
        screen(post)
    publish_if_ready(post)
    return post


@transaction.atomic
def reword_post(post: Post, text: str) -> Post:
    """Word a post anew, while nobody has taken part. Raises TakenUp.

    A wording that tells too much waits for a moderator; a clean one waits no longer.
    """
    found = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    counts = found.counts
    if counts.supports or counts.replies:
        raise TakenUp
    if text != found.text:
        Post.objects.filter(pk=found.pk).update(text=text)
        found.text = text
        if found.verified_at:
            screen(found)
            publish_if_ready(found)
    post.refresh_from_db()
    return post


@transaction.atomic
def withdraw_post(post: Post) -> Post:
    """Take a post out of public view, with what is said under it. The row stays for a year."""
    Post.objects.filter(pk=post.pk, withdrawn_at__isnull=True).update(withdrawn_at=Now())
    post.refresh_from_db()
    return post


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
        mail_tasks.said(reply)
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
        mail_tasks.said(reply)


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


@transaction.atomic
def support(post: Post, person: User) -> bool:
    """Support a post; False where the person does already. Raises NotFound, OwnPost."""
    return _take_part(Support, post, person)


@transaction.atomic
def unsupport(post: Post, person: User) -> bool:
    """Take a support back; False where there was none."""
    return bool(Support.objects.filter(post=post, person=person).delete()[0])


@transaction.atomic
def follow(post: Post, person: User) -> bool:
    """Hear of what is said about a post, once a day at most; False where they do already."""
    return _take_part(Follow, post, person)


@transaction.atomic
def unfollow(post: Post, person: User) -> bool:
    return bool(Follow.objects.filter(post=post, person=person).delete()[0])


def _take_part(model: type[Support] | type[Follow], post: Post, person: User) -> bool:
    found = lock_public(post)
    if is_of(found, person):
        raise OwnPost
    _row, new = model.objects.get_or_create(post=found, person=person)
    return new


@transaction.atomic
def link_pledge(post: Post, pledge: Pledge) -> bool:
    """Say that a pledge was made because of a post; False where that is said already.

    Who may is for the caller to know: the author of the pledge. Raises NotFound.
    """
    _deed, new = Deed.objects.get_or_create(post=lock_public(post), pledge=pledge)
    return new


def unlink_pledge(post: Post, pledge: Pledge) -> bool:
    return bool(Deed.objects.filter(post=post, pledge=pledge).delete()[0])
