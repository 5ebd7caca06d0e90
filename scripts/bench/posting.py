"""A hundred posts a second by several processes at once, and whether each is kept and counted."""

import os
import random
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context

import django
from django.db import connections
from django.db.models import Count, F, Q

from geo.areas.models import Area
from geo.counts.rebuild import differences
from hubs.conversation import actions
from hubs.conversation.demo.words import POSTS, ROLES
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.counted import SPECS
from hubs.conversation.models.participation import Support
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.models.themes import Theme
from pledges.accounts.models import User
from pledges.organisations.models import Organisation
from scripts.bench.pledging import folding

RATE = float(os.environ.get("POSTS_A_SECOND", "100"))
SECONDS = float(os.environ.get("POSTING_SECONDS", "60"))
WRITERS = 4
PEOPLE = 400  # who post
HOT, EVERY = 10, 5  # posts that all support, after every so manieth post of their own
LATE = 1.0  # seconds after the end in which the last are written


@dataclass
class Written:
    """What one process wrote: keys, seconds each was late, and supports that were new."""

    keys: list[int] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    supports: int = 0
    until: float = 0  # the moment of the last, as time.time() tells it


def write(writer: int, begin: float, people: list[int], hot: list[int]) -> Written:
    """Post at each moment that falls to this writer, as somebody signed in does by the form."""
    draw, done = random.Random(writer), Written()  # noqa: S311 - repeatable, and no secret
    persons = list(User.objects.filter(pk__in=people).order_by("pk"))
    loved = list(Post.objects.filter(pk__in=hot))
    themes = {theme.slug: theme for theme in Theme.objects.open()}
    organisations = list(Organisation.objects.filter(closed=None, location__isnull=False)[:500])
    regions = list(Area.objects.regions().without_boundaries())
    for number in range(writer, round(RATE * SECONDS), WRITERS):
        due = begin + number / RATE
        time.sleep(max(0.0, due - time.time()))
        theme = draw.choice(list(themes.keys() & POSTS.keys()))
        kind, text = draw.choice(POSTS[theme])
        person = draw.choice(persons)
        anonymous = draw.random() < 0.2
        post = actions.make_signed_in(
            person,
            text=f"{text} ({number})",
            theme=themes[theme],
            kind=Post.Kind(kind),
            show=Post.Show.REGION if anonymous else Post.Show.ORGANISATION,
            signed=Signed.ANONYMOUS if anonymous else Signed.ROLE,
            role=draw.choice(ROLES),
            organisation=None if anonymous else draw.choice(organisations),
            region=draw.choice(regions) if anonymous else None,
            form_key=uuid.uuid4(),
        )
        done.keys.append(post.pk)
        if len(done.keys) % EVERY == 0:
            done.supports += actions.support(draw.choice(loved), person)
        done.late.append(time.time() - due)
    done.until = time.time()
    connections.close_all()
    return done


@contextmanager
def people() -> Iterator[list[int]]:
    """People who post; they go at the end with all that they wrote."""
    made = User.objects.bulk_create(
        User(email=f"posting-{number}@example.invalid", name="Posting") for number in range(PEOPLE)
    )
    keys = [person.pk for person in made]
    newest = Post.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        yield keys
    finally:
        with folding():
            Post.objects.filter(pk__gt=newest).delete()
            Support.objects.filter(person__in=keys).delete()
            User.objects.filter(pk__in=keys).delete()


def flood() -> tuple[list[str], list[str]]:
    """Write at RATE for SECONDS; return how it went in sentences, and what went wrong."""
    wanted = round(RATE * SECONDS)
    loved = Post.objects.public().filter(closed_at=None, author=None).order_by("-pk")[:HOT]
    hot = [post.pk for post in loved]
    before = Support.objects.filter(post__in=hot).count()
    with people() as persons:
        connections.close_all()
        begin = time.time() + 5  # all processes are up by then
        context = get_context("spawn")
        with (
            folding(),
            ProcessPoolExecutor(WRITERS, mp_context=context, initializer=django.setup) as pool,
        ):
            tasks = [pool.submit(write, one, begin, persons, hot) for one in range(WRITERS)]
            found = [task.result() for task in tasks]
        took = max(one.until for one in found) - begin
        keys = [key for one in found for key in one.keys]
        supports = sum(one.supports for one in found)
        kept = Post.objects.public().filter(pk__in=keys).count()
        late = sorted(second for one in found for second in one.late)
        wrong = wrong_counts()
        wrong += [] if kept == wanted else [f"{wanted:,} posts were sent, {kept:,} are in view"]
        after = Support.objects.filter(post__in=hot).count()
        wrong += [] if after - before == supports else ["supports were lost"]
    said = [
        f"{kept:,} posts and {supports:,} supports in {took:.1f} s:"
        f" {kept / max(took, SECONDS):.1f} posts a second by {WRITERS} processes.",
        f"Each was in view {late[len(late) // 2] * 1000:.0f} ms after its moment at the median,"
        f" {late[int(len(late) * 0.95)] * 1000:.0f} ms at p95, {late[-1] * 1000:.0f} ms at most.",
    ]
    if took > SECONDS + LATE:
        wrong.append(f"{RATE:.0f} posts a second were not kept up: {took - SECONDS:.1f} s behind")
    return said, wrong


def wrong_counts() -> list[str]:
    """Return in sentences which counts differ from the rows: the kept ones, and those beside."""
    told = [
        f"{spec.name}, {table}: {number} differ"
        for spec in SPECS
        for table, number in differences(spec).items()
        if number
    ]
    beside = PostCounts.objects.order_by()
    shown = Q(post__replies__public=True)
    for name, true in (
        ("supports", Count("post__supports")),
        ("replies", Count("post__replies", filter=shown)),
    ):
        number = beside.alias(true=true).exclude(**{name: F("true")}).count()
        told += [f"{name} beside {number} posts differ"] if number else []
    return told
