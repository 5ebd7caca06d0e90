"""Posting: written at once, seen once its author stands by it."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from geo.models import Area
from hubs.conversation.actions.screening import publish_if_ready, screen
from hubs.conversation.authors import set_author
from hubs.conversation.errors import TakenUp, ThemeClosed
from hubs.conversation.models import Post, PostCounts, Signed, Theme
from pledges.actions.making import next_key
from pledges.models import Organisation, User
from pledges.moderation import detect
from pledges.places import public_place

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
    plain = not detect.find("\n".join(words))
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
