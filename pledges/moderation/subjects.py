"""The kinds of text that pledges bring: pledges, stories and messages."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pledges.accounts.models import User
from pledges.moderation.kinds import Kind
from pledges.moderation.models import Message
from pledges.pledging.actions import publish_if_ready
from pledges.pledging.models import Pledge
from pledges.pledging.screening import places_of, words_of, words_of_story
from pledges.stories.models import Story


def _public_pledges(_person: User | None) -> QuerySet[Pledge]:
    return Pledge.objects.public()


def _public_stories(_person: User | None) -> QuerySet[Story]:
    return Story.objects.public()


def _received(person: User | None) -> QuerySet[Message]:
    """A message is its recipient's to read and to report, and nobody else's."""
    messages = Message.objects.filter(hidden_at__isnull=True)
    return messages.filter(recipient=person) if person else messages.none()


PLEDGE = Kind(
    "pledge",
    _("pledge"),
    Pledge,
    readable=_public_pledges,
    text=words_of,
    places=places_of,
    address=lambda pledge: reverse("pledge", args=[pledge.pk]),
    mend=lambda pledge: reverse("correct", args=[pledge.pk]),
    shown=publish_if_ready,
)
STORY = Kind(
    "story",
    _("story"),
    Story,
    readable=_public_stories,
    text=words_of_story,
    places=lambda story: places_of(story.pledge),
    address=lambda story: reverse("story", args=[story.pk]),
    mend=lambda story: reverse("tell", args=[story.pledge_id]),
)
MESSAGE = Kind(
    "message",
    _("message"),
    Message,
    readable=_received,
    text=lambda message: message.text,
    places=lambda message: places_of(message.pledge),
    address=lambda message: reverse("thread", args=[message.first_id or message.pk]),
    author="sender",
)
