from hubs.models.discussions import Discussion
from hubs.models.events import Event, EventLink, EventQuerySet, Question
from hubs.models.hubs import Hub, HubQuerySet
from hubs.models.messages import HubAnswer, HubMessage, HubMessageQuerySet
from hubs.models.mine import Bookmark, Comment, Interests, Rating
from hubs.models.registrations import Announcement, Answer, Registration, RegistrationQuerySet
from hubs.models.resources import Downloads, Resource, ResourceQuerySet
from hubs.models.team import Invitation, InvitationQuerySet

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
