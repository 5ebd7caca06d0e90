"""Write a made-up conversation by the same rule of place as people's own, and COPY it in."""

import datetime
from collections.abc import Callable, Iterator

import numpy as np
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from geo.counts import rebuild
from geo.loaders.bulk_insert import copy_lines, line
from hubs.conversation.demo import words
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.counted import SPECS
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Heard, Theme
from pledges.demo.belonging import demo_people
from pledges.demo.seed import Ground, outcode_of, read_ground
from pledges.demo.words import FIRST_NAMES

COLUMNS = (
    *("text", "kind", "theme_id", "signed", "display_name", "role", "works_in_care"),
    *("organisation_id", "show", "outcode", "district_id", "region_id", "location"),
    *("created_at", "verified_at", "confirmed_at", "result", "demo"),
)
PIECE = 2_000  # lines sent to COPY at once
PART = 200_000  # posts written, or supported, until the next word is said
DAYS = 150
SUPPORTERS = 5.5  # of a post, before what is left of a whole person
ENDED = 0.6  # share of the posts that say where they come from
Say = Callable[[str], None]
Show = Post.Show
TABLES = tuple(f"conversation_{table}" for table in ("post", "postcounts", "reply", "support"))

# As many people in a row as the post's number says: few of most, up to all of some.
SUPPORTS = """
with people as (
    select id, row_number() over (order by id) - 1 as place from pledges_user where demo
)
insert into conversation_support (post_id, person_id, created_at)
select p.id, people.id,
       p.created_at + least(i * interval '7 hours', (now() - p.created_at) * (i / (i + 5.0)))
from conversation_post p
cross join lateral generate_series(
    1, least(%(people)s, floor(-%(mean)s * ln((p.id * 7919 %% 9973 + 1) / 9974.0)))::int
) as i
join people on people.place = (p.id + i) %% %(people)s
where p.demo and p.id >= %(first)s and p.id < %(last)s"""
REPLIES = """
insert into conversation_reply
    (post_id, text, signed, display_name, role, created_at, verified_at, confirmed_at, demo)
select p.id, (%(texts)s::text[])[1 + (p.id + i) %% %(number)s], 2, '',
       (%(roles)s::text[])[1 + (p.id + 5 * i) %% %(roles_number)s], at.moment, at.moment, at.moment,
       true
from conversation_post p
cross join lateral generate_series(1, (p.id * 31 %% 4)::int) as i
cross join lateral (select least(now(), p.created_at + i * interval '9 hours')) as at(moment)
where p.demo"""
ANSWERS = """
insert into conversation_reply
    (post_id, text, signed, display_name, role, voice, area_id, created_at, verified_at,
     confirmed_at, demo)
select p.id, (%(texts)s::text[])[1 + p.id %% %(number)s], 2, '', '', 2, p.region_id, at.moment,
       at.moment, at.moment, true
from conversation_post p
cross join lateral (select least(now(), p.created_at + interval '6 days')) as at(moment)
where p.demo and p.region_id is not null and p.id %% 6 = 0"""
ANSWERED = """
update conversation_post p set answered_at = r.created_at
from conversation_reply r where r.post_id = p.id and r.voice is not null and p.demo"""
# Last, and at once: each row stands in seven indexes.
COUNTS = """
insert into conversation_postcounts
    (post_id, supports, replies, follows, last_at, public, facet, region, day)
select p.id, coalesce(s.n, 0), coalesce(r.n, 0), 0, greatest(p.created_at, r.last), p.public,
       p.facet, p.region_id, p.day
from conversation_post p
left join (
    select post_id, count(*)::int as n from conversation_support group by post_id
) as s on s.post_id = p.id
left join (
    select post_id, count(*)::int as n, max(created_at) as last from conversation_reply
    where public group by post_id
) as r on r.post_id = p.id
where p.demo and not exists (select from conversation_postcounts k where k.post_id = p.id)"""


def seed(number: int, say: Say = lambda words: None) -> int:
    """Write so many demo posts with what was said and done about them, and count all afresh."""
    say("reading outcodes and organisations")
    ground = read_ground()
    random = np.random.default_rng(number)
    themes = dict(Theme.objects.filter(slug__in=words.POSTS).values_list("slug", "number"))
    people = demo_people()
    with transaction.atomic(), connection.cursor() as cursor:
        # Checked at the end of each statement: what is left for later of millions fills the memory.
        cursor.execute("set constraints all immediate")
        # All triggers of a million rows at once would cost more than counting them afterwards.
        for table in TABLES:
            cursor.execute(f"alter table {table} disable trigger user")
        copy_lines("conversation_post", COLUMNS, _rows(number, ground, themes, random, say))
        _support(people, say)
        say("replies and answers")
        said = {"texts": list(words.REPLIES), "number": len(words.REPLIES)}
        roles = {"roles": list(words.ROLES), "roles_number": len(words.ROLES)}
        cursor.execute(REPLIES, {**said, **roles})
        cursor.execute(ANSWERS, {"texts": list(words.ANSWERS), "number": len(words.ANSWERS)})
        cursor.execute(ANSWERED)
        say("counts beside the posts")
        cursor.execute(COUNTS)
        for table in TABLES:
            cursor.execute(f"alter table {table} enable trigger user")
        _hear()
    say("counting")
    rebuild.rebuild(SPECS, say)
    return number


def _support(people: int, say: Say) -> None:
    """Write who supports which post, so many posts at a time."""
    keys = Post.objects.filter(demo=True).aggregate(first=Min("pk"), last=Max("pk"))
    drawn = {"people": people, "mean": SUPPORTERS}
    supports = 0
    with connection.cursor() as cursor:
        for first in range(keys["first"], keys["last"] + 1, PART):
            cursor.execute(SUPPORTS, {**drawn, "first": first, "last": first + PART})
            supports += cursor.rowcount
            say(f"{supports:,} supports")


def _hear() -> None:
    Heard.objects.filter(demo=True).delete()
    today = timezone.localdate()
    Heard.objects.bulk_create(
        Heard(
            theme=theme,
            heard=heard,
            did=did,
            day=today - datetime.timedelta(days=20 * place + 3),
            demo=True,
        )
        for theme in Theme.objects.all()
        for place, (heard, did) in enumerate(words.HEARD)
    )


def _rows(
    number: int,
    ground: Ground,
    themes: dict[str, int],
    random: np.random.Generator,
    say: Say,
) -> Iterator[str]:
    """Yield COPY lines, a piece at a time. No query may run here: the connection is in COPY."""
    now = timezone.now()
    slugs = list(themes)
    region = random.choice(len(ground.regions), number, p=ground.people)
    for start in range(0, number, PIECE):
        if start and start % PART == 0:
            say(f"{start:,} posts")
        lines = []
        for place in range(start, min(start + PIECE, number)):
            drawn = random.random(10).tolist()
            slug = slugs[int(drawn[0] * len(slugs))]
            at = ground.regions[region[place]]
            lines.append(line(_post(place, slug, themes[slug], at, drawn, ground, now)))
        yield "".join(lines)


def _post(
    place: int,
    slug: str,
    theme: int,
    region: int,
    u: list[float],
    ground: Ground,
    now: datetime.datetime,
) -> tuple:
    """Return the columns of one post from ten numbers drawn between 0 and 1."""
    kind, text = words.POSTS[slug][int(u[1] * len(words.POSTS[slug]))]
    signed = Signed.NAME if u[2] < 0.5 else Signed.ROLE if u[2] < 0.75 else Signed.ANONYMOUS
    anonymous = signed == Signed.ANONYMOUS
    near = ground.organisations.get(region, [])
    organisation = near[int(u[3] * len(near))] if near and u[4] < 0.7 and not anonymous else None
    show = Show.REGION if u[5] < 0.8 else Show.NONE
    if not anonymous and u[5] < 0.7:
        show = Show.ORGANISATION if organisation else Show.OUTCODE
    outcode, district, at_region, location = "", None, None, None
    if show == Show.ORGANISATION:
        district, at_region = organisation.district_id, organisation.region_id
        location = organisation.location.hexewkb.decode()
    elif show == Show.OUTCODE:
        outcode, district, at_region, location = outcode_of(place, region, u[6], ground)
    elif show == Show.REGION:
        at_region = region
    if u[8] < ENDED:
        told = words.PLACES[int(len(words.PLACES) * u[9] ** 3)]
        text = f"{text} {words.ENDINGS[place % len(words.ENDINGS)].format(place=told)}"
    made = (now - datetime.timedelta(days=DAYS * u[7] ** 1.5, minutes=place % 1440)).isoformat()
    name = FIRST_NAMES[place % len(FIRST_NAMES)] if signed == Signed.NAME else ""
    role = "" if anonymous or u[6] < 0.3 else words.ROLES[place % len(words.ROLES)]
    return (
        *(text, kind, theme, int(signed), name, role, "t" if u[2] < 0.6 else "f"),
        *(organisation and organisation.pk, int(show), outcode, district, at_region, location),
        *(made, made, made, "", "t"),
    )
