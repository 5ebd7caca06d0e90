"""Every write of interests, bookmarks, ratings and comments, each in one transaction."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from geo.areas.models import Area
from hubs.conversation.models.themes import Theme as TalkTheme
from hubs.following.models import Bookmark, Comment, Interests, Rating
from hubs.following.moderated import places_of, text_of
from pledges.accounts import confirmation
from pledges.accounts.models import User
from pledges.moderation import screening
from pledges.pledging.models import Theme
from pledges.ratable import Thing


@transaction.atomic
def add_bookmark(person: User, thing: Thing[Any], row: Model) -> None:
    """Bookmark a thing, once."""
    Bookmark.objects.get_or_create(person=person, content_type=thing.content_type, object_id=row.pk)


def remove_bookmark(person: User, thing: Thing[Any], key: int) -> None:
    """Remove a bookmark, whether or not its object still exists."""
    Bookmark.objects.filter(person=person, content_type=thing.content_type, object_id=key).delete()


@transaction.atomic
def update_interests(
    person: User,
    *,
    pledge_themes: Iterable[Theme],
    talk_themes: Iterable[TalkTheme],
    area: Area | None,
    newsletter: bool,
) -> bool:
    """Save what a person wants to hear of; return whether a mail asks them to confirm.

    The newsletter ends at once where it is not wanted, and begins when it is confirmed. Raises
    TooMany beyond the mails that one address may get in an hour.
    """
    chosen, _new = Interests.objects.update_or_create(person=person, defaults={"area": area})
    chosen.pledge_themes.set(pledge_themes)
    chosen.talk_themes.set(talk_themes)
    if not newsletter:
        end_newsletter(person)
    elif chosen.newsletter_since is None:
        confirmation.ask("newsletter", person.email, subject=chosen)
        return True
    return False


def begin_newsletter(person: User, day: datetime.date) -> None:
    """Start the newsletter with the news from this day on; one that runs already is left alone."""
    waiting = Interests.objects.filter(person=person, newsletter_since__isnull=True)
    waiting.update(newsletter_since=timezone.now(), told_until=day)


def end_newsletter(person: User) -> None:
    Interests.objects.filter(person=person).update(newsletter_since=None)


@transaction.atomic
def rate(person: User, thing: Thing[Any], row: Model, stars: int) -> None:
    """Rate a thing from 1 to 5 stars; this replaces an earlier rating."""
    Rating.objects.update_or_create(
        person=person,
        content_type=thing.content_type,
        object_id=row.pk,
        defaults={"stars": stars},
    )


def remove_rating(person: User, row: Model) -> None:
    Rating.objects.about(row).filter(person=person).delete()


@transaction.atomic
def add_comment(
    person: User,
    thing: Thing[Any],
    row: Model,
    *,
    text: str,
    display_name: str,
    form_key: uuid.UUID,
) -> Comment:
    """Comment on a thing, once for each `form_key`.

    Text that tells too much is held until a moderator has looked.
    """
    comment, new = Comment.objects.get_or_create(
        form_key=form_key,
        defaults={
            "content_type": thing.content_type,
            "object_id": row.pk,
            "author": person,
            "text": text,
            "display_name": display_name,
        },
    )
    if new:
        _screen(comment)
    return comment


@transaction.atomic
def edit_comment(comment: Comment, *, text: str, display_name: str) -> Comment:
    """Change the text of a comment; a hidden one stays hidden."""
    found = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    found.text, found.display_name = text, display_name
    found.save(update_fields=["text", "display_name"])
    _screen(found)
    return found


def _screen(comment: Comment) -> None:
    others = Comment.objects.filter(author=comment.author).in_view().exclude(pk=comment.pk)
    screening.screen(
        comment,
        text=text_of(comment),
        author=comment.author,
        places=places_of(comment),
        first=not others.exists(),
    )
