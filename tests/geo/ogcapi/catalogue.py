"""Pledges of every kind that the models allow, any number of them, and hubs."""

import datetime
from itertools import count, pairwise, product

from django.contrib.gis.geos import Point
from django.db import connection

from hubs.events.models import Event
from hubs.hub.models import Hub
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge, PledgeCounts
from tests.factories import Ground

TEXTS = (
    "I will listen.",
    'She said "two more minutes", and \\ meant it.',
    "<b>Bold</b> & <script>alert(1)</script>",
    "Byddaf yn gwrando – ŵy, café, 日本語, 🙂, \u2028 and \u202e.",
    "One line\nand\tanother; 100 % of %s and {} too.",
    "'; drop table pledges_pledge; --",
)
SHOWS = (
    Pledge.Show.ORGANISATION,
    Pledge.Show.OUTCODE,
    Pledge.Show.REGION,
    Pledge.Show.NONE,
)
# Half past eleven at night in London is the day before in Paris; half past midnight in summer is
# still the day before in UTC.
MOMENTS = (
    datetime.datetime(2014, 3, 3, 23, 30, 59, 999999, tzinfo=datetime.UTC),
    datetime.datetime(2014, 7, 3, 23, 30, tzinfo=datetime.UTC),
    datetime.datetime(2020, 2, 29, 0, 0, tzinfo=datetime.UTC),
)


def write_pledges(ground: Ground, number: int) -> list[Pledge]:
    """Write so many pledges, all combinations in turn; every seventh has no row of counts."""
    kinds = product(SHOWS, Pledge.Who, [None, *Pledge.IAm], [None, *MOMENTS], TEXTS)
    themes = list(ground.themes.values())
    every = list(kinds)
    pledges = []
    for place in range(number):
        # A step that shares no factor with the number of combinations goes through all of them,
        # and one near the golden ratio is far from the last few at each step.
        kind = every[place * 889 % len(every)]
        pledges.append(_pledge(ground, place, themes[place % len(themes)], *kind))
    Pledge.objects.bulk_create(pledges)
    likes = count()
    PledgeCounts.objects.bulk_create(
        PledgeCounts(pledge=pledge, likes=next(likes), joins=next(likes) % 5)
        for place, pledge in enumerate(pledges)
        if place % 7
    )
    return pledges


def analyse() -> None:
    """Tell the planner how many rows there are: it may have looked while there were none."""
    with connection.cursor() as cursor:
        cursor.execute("analyze pledges_pledge, pledges_pledgecounts")


def _pledge(ground: Ground, place: int, theme, show, who, i_am, done_at, text) -> Pledge:
    organisation = (ground.hospital, ground.clinic, ground.nowhere)[place % 3]
    if show == Pledge.Show.ORGANISATION:
        organisation = (ground.hospital, ground.clinic)[place % 2]
    on_map = show in (Pledge.Show.ORGANISATION, Pledge.Show.OUTCODE)
    return Pledge(
        text=f"{text} ({place})",
        theme=theme,
        who=who,
        i_am=i_am,
        display_name="" if place % 4 else f"Siân O'Neill {place}",
        team="Ward 3" if who == Pledge.Who.TEAM else "",
        organisation=None if who == Pledge.Who.PERSON and not on_map else organisation,
        show=show,
        outcode="SO14" if show == Pledge.Show.OUTCODE else "",
        # A third, and the nearest number below zero: both end where six decimals are rounded.
        location=Point(-1 / 3 - place / 7e4, 50 + place / 3e3, srid=4326) if on_map else None,
        district=ground.cottleigh if on_map else None,
        region=None if show == Pledge.Show.NONE else ground.east,
        due=datetime.date(2026, 1, 31) if place % 2 else None,
        created_at=MOMENTS[0] + datetime.timedelta(hours=place // 3),
        confirmed_at=MOMENTS[0],
        done_at=done_at,
        demo=place % 2 == 0,
    )


def write_organisations(number: int, first: int = 0) -> None:
    """Write so many organisations, each the successor of the one before."""
    made = Organisation.objects.bulk_create(
        Organisation(
            code=f"Q{place:03}" if place % 5 else None,
            slug=f"body-{place}",
            name=f"Body {place % 10} “{place}”",
            former_names=['Old "name"', "Hen enw"][: place % 3],
            site_names=["St. Mary's, Ward 1"] if place % 2 else [],
            postcode="SO14 0AA",
            opened=datetime.date(1991, 4, 1) if place % 3 else None,
            closed=datetime.date(2020, 3, 31) if place % 4 == 0 else None,
            location=Point(place / 300, 51 + place / 700, srid=4326) if place % 6 else None,
        )
        for place in range(first, first + number)
    )
    for earlier, later in pairwise(made):
        earlier.successors.add(later)


def write_hubs(ground: Ground) -> list[Hub]:
    """Write a hub for each of the two regions, and one that serves both and has no place."""
    west = _hub("Y58", "West hub", Point(-3.1, 51.01, srid=4326))
    west.areas.set([ground.west])
    east = _hub("Y59", "East hub", Point(-0.97, 51.45, srid=4326))
    east.areas.set([ground.east])
    both = _hub("Y60", "Both", None)
    both.areas.set([ground.east, ground.west])
    return [west, east, both]


def _hub(code: str, name: str, location: Point | None) -> Hub:
    slug = name.lower().replace(" ", "-")
    return Hub.objects.create(
        code=code,
        name=name,
        name_cy="Hyb",
        slug=slug,
        place="Town",
        email=f"{slug}@example.org",
        welcome="Welcome, “friend”.",
        location=location,
    )


def write_events(ground: Ground, hubs: list[Hub]) -> None:
    """Write an event in each state, at a place and online, of a hub and of none; one is a draft."""
    start = datetime.datetime(2027, 7, 1, 13, 30, tzinfo=datetime.UTC)
    for number, status in enumerate((*Event.Status.values, Event.Status.PUBLISHED)):
        online = number % 2 == 1
        Event.objects.create(
            slug=f"event-{number:04}",
            title=f"Event “{number}”",
            kind=Event.Kind.values[number % 4],
            description="Two lines,\nno more.",
            status=status,
            hub=None if number == 4 else hubs[0],
            starts_at=start + datetime.timedelta(days=number),
            ends_at=start + datetime.timedelta(days=number, hours=1),
            online=online,
            place="" if online else "Room 4",
            location=None if online else Point(-3.2 + number / 10, 51.2, srid=4326),
            district=None if online else ground.alderham,
            region=None if online else ground.west,
            demo=number == 2,
        )
