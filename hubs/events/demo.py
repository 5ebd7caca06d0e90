"""Made-up events for the demo: some of every hub and some national, around the day of today."""

import datetime

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone

from geo.areas import lookup
from geo.areas.lookup import NO_AREAS, AdminAreas
from geo.core.errors import OutsideUnitedKingdom
from hubs.events.actions import new_slug
from hubs.events.models import Event, Question
from hubs.events.times import moment
from hubs.hub.models import Hub

Kind = Event.Kind
# Kind, title, description, days from today, hour, minutes, places.
LOCAL = (
    (
        Kind.STAND,
        "Pledge with us at the market",
        "Come by our stand, write down one thing you will change, and take a sticker home."
        "\n\nNo need to register: but tell us if you can lend a hand.",
        (9, 10, 300, None),
    ),
    (
        Kind.MEETING,
        "Coffee with change makers",
        "An hour with people from wards, surgeries and charities nearby who have made a pledge."
        " Bring a question, or just listen.",
        (16, 15, 60, 24),
    ),
    (
        Kind.WEBINAR,
        "How to run Change Day in your team",
        "Half an hour of tips and half an hour of your questions.",
        (23, 12, 60, 100),
    ),
    (
        Kind.FORUM,
        "What we promised, and what came of it",
        "Stories of kept promises from all over the region, told by those who kept them.",
        (-30, 18, 120, 80),
    ),
)
NATIONAL = (
    (
        Kind.WEBINAR,
        "Small changes, large hospitals",
        "Four teams tell what one small change did for them. With time for questions.",
        (5, 13, 60, 500),
    ),
    (
        Kind.FORUM,
        "Ask anything about Change Day",
        "An open hour online for everybody who wonders where to begin.",
        (12, 17, 60, None),
    ),
)
QUESTION = "What would you like to hear about?"


@transaction.atomic
def seed() -> int:
    """Replace the demo events by new ones; return how many."""
    Event.objects.filter(demo=True).delete()
    made = 0
    for number, hub in enumerate(Hub.objects.order_by("code")):
        for what in LOCAL:
            # Not all hubs on the same day.
            _make(what, hub, shift=number % 5)
            made += 1
    for what in NATIONAL:
        _make(what, None, shift=0)
        made += 1
    return made


def _make(what: tuple, hub: Hub | None, shift: int) -> None:
    kind, title, description, (days, hour, minutes, capacity) = what
    day = timezone.localdate() + datetime.timedelta(days=days + shift)
    start = moment(day, datetime.time(hour))
    event = Event(
        title=title,
        slug=new_slug(f"{title} {hub.slug}" if hub else title),
        kind=kind,
        description=description,
        status=Event.Status.PUBLISHED if days > 0 else Event.Status.HELD,
        hub=hub,
        starts_at=start,
        ends_at=start + datetime.timedelta(minutes=minutes),
        online=hub is None or kind == Kind.WEBINAR,
        capacity=capacity,
        demo=True,
    )
    if hub is None or event.online:
        # RFC 2606 reserves the name for examples: it leads nowhere.
        event.join_link = "https://meet.example.org/demo"
    else:
        areas = _areas(hub.location)
        event.place, event.found_by = hub.place, hub.place
        event.location, event.district, event.region = hub.location, areas.district, areas.region
    event.save(force_insert=True)
    if kind == Kind.MEETING:
        Question.objects.create(event=event, position=1, text=QUESTION)


def _areas(point: Point | None) -> AdminAreas:
    try:
        return lookup.of_point(point)[1] if point else NO_AREAS
    except OutsideUnitedKingdom:
        return NO_AREAS
