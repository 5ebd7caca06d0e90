"""Every model of the app, from its packages, where Django finds them."""

from hubs.events.models import (
    Announcement,
    Answer,
    Discussion,
    Event,
    EventLink,
    EventQuerySet,
    Question,
    Registration,
    RegistrationQuerySet,
)
from hubs.following.models import Bookmark, Comment, Interests, Rating
from hubs.hub.models import (
    Hub,
    HubAnswer,
    HubMessage,
    HubMessageQuerySet,
    HubQuerySet,
    Invitation,
    InvitationQuerySet,
)
from hubs.resources.models import Downloads, Resource, ResourceQuerySet

__all__ = [
    "Announcement",
    "Answer",
    "Bookmark",
    "Comment",
    "Discussion",
    "Downloads",
    "Event",
    "EventLink",
    "EventQuerySet",
    "Hub",
    "HubAnswer",
    "HubMessage",
    "HubMessageQuerySet",
    "HubQuerySet",
    "Interests",
    "Invitation",
    "InvitationQuerySet",
    "Question",
    "Rating",
    "Registration",
    "RegistrationQuerySet",
    "Resource",
    "ResourceQuerySet",
]
