"""What screening asks of pledges and stories: their words, whose area they are in."""

from django.db import transaction
from django.db.models import Q

from geo.areas.models import Area
from pledges.moderation import contact_details, screening
from pledges.pledging.models import Pledge
from pledges.stories.models import Story


def words_of(pledge: Pledge) -> str:
    """Everything of a pledge that its author worded, a part a line."""
    parts = (pledge.text, pledge.display_name, pledge.team, pledge.unlisted)
    return "\n".join(part for part in parts if part)


def places_of(pledge: Pledge) -> tuple[Area | None, Area | None]:
    """The region and district whose stewards look after a pledge: its own, or its organisation's.

    One without either is looked after by operators.
    """
    if pledge.region_id or not pledge.organisation:
        return pledge.region, pledge.district
    return pledge.organisation.region, pledge.organisation.district


def words_of_story(story: Story) -> str:
    parts = (story.text, story.difference, story.picture_alt)
    return "\n".join(part for part in parts if part)


def screen_story(story: Story) -> list[contact_details.Found]:
    """Hold a story whose words tell too much, or let it go; say what they do."""
    return screening.screen(
        story,
        text=words_of_story(story),
        author=story.author,
        places=places_of(story.pledge),
    )


@transaction.atomic
def screen_pledge(pledge: Pledge) -> list[contact_details.Found]:
    """Hold a pledge whose words tell too much, out of view if it was in view; say what they do.

    One that was held and is mended is held no longer: `publish_if_ready` shows it.
    """
    others = Pledge.objects.filter(author=pledge.author, confirmed_at__isnull=False)
    found = screening.screen(
        pledge,
        text=words_of(pledge),
        author=pledge.author,
        places=places_of(pledge),
        first=not others.exclude(pk=pledge.pk).exists(),
    )
    # What holds a pledge back is that nothing has confirmed it: the counts and lists ask no more.
    Pledge.objects.filter(~Q(held_at=None), pk=pledge.pk).update(confirmed_at=None)
    pledge.refresh_from_db()
    return found
