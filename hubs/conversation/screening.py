"""What screening asks of posts and replies: their words, whose area they are in."""

from django.db.models.functions import Now

from geo.areas.models import Area
from hubs.conversation.authors import Row, author_of
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from pledges.accounts.models import User
from pledges.moderation import contact_details, screening


def words_of(row: Row) -> str:
    """Everything that its author worded, a part a line."""
    return "\n".join(part for part in (row.text, row.display_name, row.role) if part)


def places_of(row: Row) -> tuple[Area | None, Area | None]:
    """The region and district whose stewards look after it: the post's, or its organisation's."""
    post = row.post if isinstance(row, Reply) else row
    if post.region_id or not post.organisation:
        return post.region, post.district
    return post.organisation.region, post.organisation.district


def screen(row: Row) -> list[contact_details.Found]:
    """Hold a row whose words tell too much, out of view if it was in view; say what they do.

    One that was held and is mended is held no longer: `publish_if_ready` shows it.
    """
    person, words = author_of(row), words_of(row)
    # Who they are to us is asked only where it matters: of few posts.
    first = contact_details.full_of_links(words) and not _known(person)
    found = screening.screen(row, text=words, author=person, places=places_of(row), first=first)
    if row.held_at:
        type(row).objects.filter(pk=row.pk).update(confirmed_at=None)
        row.refresh_from_db()
    return found


def _known(person: User | None) -> bool:
    """Whether anything of theirs was ever in view."""
    return person is not None and any(
        model.objects.of(person).filter(confirmed_at__isnull=False).exists()
        for model in (Post, Reply)
    )


def publish_if_ready(row: Row) -> bool:
    """Show a row once nothing is waited for any more; False where it is not shown now."""
    ready = type(row).objects.filter(
        pk=row.pk, verified_at__isnull=False, held_at__isnull=True, confirmed_at__isnull=True
    )
    new = ready.update(confirmed_at=Now())
    row.refresh_from_db()
    return bool(new)
