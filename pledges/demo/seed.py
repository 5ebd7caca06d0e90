"""Make believable demo pledges by the same rule of place as people's own, and COPY them in."""

import datetime
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from geo.areas import lookup
from geo.areas.lookup import CodedPlace
from geo.areas.models import Area
from geo.counts.models import Change
from geo.geocoding.models import Outcode
from geo.loaders.bulk_insert import copy_lines, line, without_indexes
from pledges.counts.worker import rebuild_all
from pledges.demo import words
from pledges.demo.belonging import PEOPLE, write_belonging
from pledges.organisations.models import Organisation
from pledges.pledging.models import SPEC, ChangeDay, Pledge, Theme
from pledges.pledging.public_place import draw

COLUMNS = (
    *("id", "text", "theme_id", "who", "i_am", "display_name", "team", "organisation_id", "show"),
    *("outcode", "district_id", "region_id", "location", "due", "created_at", "confirmed_at"),
    *("done_at", "demo"),
)
FEW = 200_000  # up to here the indexes stay while rows are written
PIECE = 2_000  # lines sent to COPY at once
FIRST_DAY = datetime.date(2013, 1, 7)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Ground:
    """Where pledges can be shown. Outcodes are sorted by region; points by outcode and code."""

    outcodes: list[tuple[str, int | None, int | None]]  # code, district, region
    points: list[np.ndarray]  # of each outcode: longitude and latitude, a row a postcode
    by_region: dict[int, tuple[np.ndarray, np.ndarray]]  # places in `outcodes`, summed shares
    organisations: dict[int, list[Organisation]]
    regions: list[int]
    people: np.ndarray  # share of the people by region


def seed(number: int, say: Say) -> None:
    """Write so many demo pledges, in one transaction, and count everything afresh."""
    say("reading outcodes and organisations")
    ground = read_ground()
    random = np.random.default_rng(number)
    moments = draw_moments(number, random)
    themes = dict(Theme.objects.filter(slug__in=words.DEEDS).values_list("slug", "number"))
    with transaction.atomic():
        first = _reserve(number)
        rows = _rows(first, moments, ground, themes, random, say)
        if number > FEW:
            with connection.cursor() as cursor:
                cursor.execute("alter table pledges_pledge disable trigger user")
            with without_indexes("pledges_pledge"):
                copy_lines("pledges_pledge", COLUMNS, rows)
                say("building the indexes")
            with connection.cursor() as cursor:
                cursor.execute("alter table pledges_pledge enable trigger user")
            Change.objects.create(layer=SPEC.layer, sign=0, key="")
        else:
            copy_lines("pledges_pledge", COLUMNS, rows)
        say("likes, joins and stories")
        _write_counts(first, number, random)
        if number <= FEW:
            write_belonging(first)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze pledges_pledge")
    say("counting")
    rebuild_all(say)


def read_ground() -> Ground:
    """Read from the gazetteer where demo pledges may be shown, region by region."""
    points = _points()
    known = Outcode.objects.exclude(district_code="").order_by("code")
    coded = [CodedPlace(outcode.district_code, outcode.code, outcode.location) for outcode in known]
    outcodes, places, weights = [], [], []
    for place, areas in zip(coded, lookup.of_codes(coded), strict=True):
        if areas.region is None or place.postcode not in points:
            continue
        outcodes.append((place.postcode, areas.district.pk, areas.region.pk))
        places.append(points[place.postcode])
        weights.append(len(points[place.postcode]))
    regions = sorted({region for _, _, region in outcodes})
    of_region = np.array([region for _, _, region in outcodes])
    share = {r: np.flatnonzero(of_region == r) for r in regions}
    weight = np.array(weights, float)
    by_region = {r: (at, np.cumsum(weight[at]) / weight[at].sum()) for r, at in share.items()}
    people = _people(regions)
    return Ground(outcodes, places, by_region, _organisations(), regions, people)


def _points() -> dict[str, np.ndarray]:
    """Live postcodes' points by outcode, those in the outcode's own district, in order of code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select o.code, array_agg(st_x(p.location) order by p.code),"
            " array_agg(st_y(p.location) order by p.code)"
            " from geo_postcode p join geo_outcode o on o.code = left(p.code, -3)"
            " where p.live and p.district_code = o.district_code and p.district_code <> ''"
            " group by o.code"
        )
        return {code: np.column_stack([x, y]) for code, x, y in cursor.fetchall()}


def _people(regions: list[int]) -> np.ndarray:
    codes = dict(Area.objects.regions().values_list("pk", "code"))
    people = np.array([words.PEOPLE.get(codes.get(region, ""), 1.0) for region in regions])
    return people / people.sum()


def _organisations() -> dict[int, list[Organisation]]:
    found: dict[int, list[Organisation]] = {}
    for organisation in (
        Organisation.objects.open().on_map().filter(region__isnull=False, demo=False)
    ):
        found.setdefault(organisation.region_id, []).append(organisation)
    return found


def draw_moments(number: int, random: np.random.Generator) -> np.ndarray:
    """Return sorted moments in seconds since 1970: a few every day, peaks on Change Days."""
    today = timezone.localdate()
    days = (today - FIRST_DAY).days
    weight = np.full(days, 0.5) + np.linspace(0.2, 1.0, days)
    for date in ChangeDay.objects.filter(date__lt=today).values_list("date", flat=True):
        at = (date - FIRST_DAY).days
        if 0 <= at < days:
            weight[max(at - 21, 0) : at] += 8
            weight[at] += 400
    for year in range(2016, today.year + 1):
        at = (datetime.date(year, 3, 3) - FIRST_DAY).days
        if at < days:
            weight[at] += 120
    day = random.choice(days, number, p=weight / weight.sum())
    second = random.normal(13.5 * 3600, 3 * 3600, number).clip(6 * 3600, 22 * 3600)
    epoch = (FIRST_DAY - datetime.date(1970, 1, 1)).days
    return np.sort((day + epoch) * 86400 + second)


def _reserve(number: int) -> int:
    """Take so many numbers for new pledges; return the first."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('pledges_pledge', 'id'))")
        first = cursor.fetchone()[0]
        cursor.execute(
            "select setval(pg_get_serial_sequence('pledges_pledge', 'id'), %s)",
            [first + number - 1],
        )
    return first


def _rows(
    first: int,
    moments: np.ndarray,
    ground: Ground,
    themes: dict[str, int],
    random: np.random.Generator,
    say: Say,
) -> Iterator[str]:
    """Yield COPY lines, a piece at a time. No query may run here: the connection is in COPY."""
    number = len(moments)
    region = random.choice(len(ground.regions), number, p=ground.people)
    make = partial(_pledge, ground=ground, themes=themes, now=timezone.now().timestamp())
    for start in range(0, number, PIECE):
        stop = min(start + PIECE, number)
        uniform = random.random((stop - start, 12))
        lines = []
        for place in range(start, stop):
            drawn = uniform[place - start].tolist()
            at = ground.regions[region[place]]
            lines.append(line(make(first + place, float(moments[place]), at, drawn)))
        if start // PIECE % 100 == 99:
            say(f"{stop:,} of {number:,} pledges")
        yield "".join(lines)


def _pledge(
    key: int,
    moment: float,
    region: int,
    u: list[float],
    *,
    ground: Ground,
    themes: dict[str, int],
    now: float,
) -> tuple:
    """Return the columns of one pledge from twelve numbers drawn between 0 and 1."""
    slugs = list(themes)
    slug = slugs[int(u[0] ** 1.2 * len(slugs))]
    who = 1 + bisect((0.8, 0.95), u[1])
    i_am = (
        None if u[2] < 0.1 else 1 if u[2] < 0.65 else 2 if u[2] < 0.8 else 3 if u[2] < 0.92 else 4
    )
    near = ground.organisations.get(region, [])
    organisation = near[int(u[3] ** 1.5 * len(near))] if near and (who > 1 or u[4] < 0.6) else None
    who = who if organisation else 1
    show = 1 + bisect((0.7 if organisation else 0.0, 0.86, 0.95), u[5])
    outcode, district, at_region, location = "", None, None, None
    if show == Pledge.Show.ORGANISATION:
        district, at_region = organisation.district_id, organisation.region_id
        location = organisation.location.hexewkb.decode()
    elif show == Pledge.Show.OUTCODE:
        outcode, district, at_region, location = outcode_of(key, region, u[6], ground)
    elif show == Pledge.Show.REGION:
        at_region = region
    made = datetime.datetime.fromtimestamp(moment, datetime.UTC)
    done = None
    if u[7] < 0.45 and moment < now - 40 * 86400:
        done = made + datetime.timedelta(days=7 + 200 * u[8])
        done = done if done.timestamp() < now else None
    due = (made + datetime.timedelta(days=30 + int(150 * u[9]))).date() if u[9] < 0.25 else None
    name = words.FIRST_NAMES[int(u[10] * len(words.FIRST_NAMES))] if u[11] < 0.7 else ""
    if name and u[11] < 0.35:
        name += f" {words.INITIALS[key % len(words.INITIALS)]}"
    team = words.TEAMS[int(u[10] * len(words.TEAMS))] if who == Pledge.Who.TEAM else ""
    return (
        *(key, _text(slug, who, u), themes[slug], who, i_am, name if who == 1 else "", team),
        *(organisation and organisation.pk, show, outcode, district, at_region, location),
        *(due, made.isoformat(), made.isoformat(), done and done.isoformat(), "t"),
    )


def outcode_of(key: int, region: int, u: float, ground: Ground) -> tuple:
    """Return outcode, district, region and point somewhere in a region, drawn by a key."""
    at, summed = ground.by_region[region]
    chosen = int(at[min(int(np.searchsorted(summed, u)), len(at) - 1)])
    code, district, at_region = ground.outcodes[chosen]
    points = ground.points[chosen]
    x, y = points[draw(key, len(points))]
    return code, district, at_region, f"SRID=4326;POINT({x} {y})"


def _text(slug: str, who: int, u: list[float]) -> str:
    openings = (words.OPENINGS, words.TEAM_OPENINGS, words.WHOLE_OPENINGS)[who - 1]
    opening = openings[int(u[9] * len(openings))]
    deeds = words.DEEDS[slug]
    end = words.ENDS[int(u[8] * len(words.ENDS))]
    if who > 1:
        end = end.replace("join me", "join us")
    return f"{opening} {deeds[int(u[6] * len(deeds))]}{end}."


def _write_counts(first: int, number: int, random: np.random.Generator) -> None:
    likes = np.minimum(random.geometric(0.3, number) - 1, PEOPLE)
    joins = np.minimum(random.geometric(0.6, number) - 1, PEOPLE)
    lines = (
        "".join(
            line((first + at, likes[at], joins[at]))
            for at in range(start, min(start + PIECE, number))
        )
        for start in range(0, number, PIECE)
    )
    copy_lines("pledges_pledgecounts", ("pledge_id", "likes", "joins"), lines)
