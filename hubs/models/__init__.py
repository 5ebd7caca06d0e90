from hubs.models.events import Event, EventLink, EventQuerySet, Question
from hubs.models.hubs import Hub, HubQuerySet
from hubs.models.registrations import Announcement, Answer, Registration, RegistrationQuerySet

__all__ = [
    "Announcement",
    "Answer",
    "Event",
    "EventLink",
    "EventQuerySet",
    "Hub",
    "HubQuerySet",
    "Question",
    "Registration",
    "RegistrationQuerySet",
]
