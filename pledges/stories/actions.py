"""Telling what became of a pledge: one story a part, changed or removed by whoever told it."""

from django.db import transaction
from django.utils.translation import gettext as _

from geo.uploads.storage import CheckedFile, save_upload
from pledges.pledging.commitment import NotDone, Part
from pledges.pledging.models import Pledge
from pledges.pledging.screening import screen_story
from pledges.stories.models import Story


@transaction.atomic
def tell_story(
    part: Part,
    *,
    text: str,
    difference: str = "",
    picture: CheckedFile | None = None,
    picture_alt: str = "",
) -> Story:
    """Tell the story of a part that is done; told again, it is changed.

    Raises NotDone before that.
    """
    if part.done_on is None:
        raise NotDone(_("Say first that you have done it."))
    # Two submissions of one form wait for each other here.
    Pledge.objects.select_for_update(no_key=True).get(pk=part.pledge.pk)
    told = part.story or Story(pledge=part.pledge, join=part.join, author=part.person)
    return change_story(
        told, text=text, difference=difference, picture=picture, picture_alt=picture_alt
    )


@transaction.atomic
def change_story(
    story: Story,
    *,
    text: str,
    difference: str = "",
    picture: CheckedFile | None = None,
    picture_alt: str = "",
    without_picture: bool = False,
) -> Story:
    """Write the words anew. A picture given takes the place of the one before.

    Words that tell too much hold the story until a moderator has looked. A file that is no longer
    referred to is forgotten with the unused uploads.
    """
    story.text, story.difference, story.picture_alt = text, difference, picture_alt
    if picture:
        story.picture = save_upload(picture)
    elif without_picture or not story.picture:
        story.picture, story.picture_alt = None, ""
    story.save()
    screen_story(story)
    return story


def remove_story(story: Story) -> None:
    """Remove a story for good; telling another is free."""
    story.delete()
