"""What is asked of the conversation, and what each answer costs the database."""

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import QueryDict
from django.test import Client

from geo.areas.models import Area
from geo.core import keyset
from geo.core.keyset import Cursor
from hubs.conversation.answering.queue import AGE, SUPPORT, Queue
from hubs.conversation.demo.words import PLACES
from hubs.conversation.feed.listing import DISCUSSED, SUPPORTED, PostQuery
from hubs.conversation.feed.similar import similar
from hubs.conversation.filters import ANSWERED, KIND
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from pledges.accounts.models import Grant, User
from pledges.feed.sorting import NEWEST
from pledges.organisations.models import Organisation
from scripts.bench.figures import Stopwatch
from scripts.bench.kept import forget_all

LIMIT = 50  # milliseconds of the database for one statement
AGAIN = 2  # what was slow is asked again: another process may have had the processor
WORDS = ("lockers", "rota", "card", "manager", "ward", "night", "training money", "lamp", "team")
WORDS += (
    "charger or lockers",
    '"home visit"',
    "ward -night",
    "thank porters",
    "lokcers",
    "meeting",
)
Work = Callable[[], bool]  # whether there was an answer


@dataclass
class Told:
    """Milliseconds at the database of one kind of question: all its statements, and the longest."""

    kind: str
    whole: list[float] = field(default_factory=list)
    longest: list[tuple[float, str]] = field(default_factory=list)  # and what was asked


class Questions:
    """Draws what readers and those who answer ask; the same seed draws the same."""

    def __init__(self, seed: int = 2014) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - repeatable, and no secret
        span = Post.objects.public().aggregate(
            first=Min("day"), last=Max("day"), low=Min("id"), high=Max("id")
        )
        if span["low"] is None:
            raise SystemExit("There are no posts to ask about; write some with seed_conversation.")
        self.days, self.keys = (span["first"], span["last"]), (span["low"], span["high"])
        self.themes = list(Theme.objects.values_list("slug", flat=True))
        areas = Area.objects.current()
        self.wide = list(areas.exclude(kind=Area.Kind.DISTRICT).values_list("code", flat=True))
        self.districts = list(areas.filter(kind=Area.Kind.DISTRICT).values_list("code", flat=True))
        busy = Organisation.objects.filter(posts__public=True).distinct().order_by("pk")
        self.organisations = [found.public_code for found in busy[:2000]]

    def counted(self) -> dict[str, str]:
        """Return filters of which counts are kept."""
        ways = {
            "theme": lambda: ",".join(self.draw.sample(self.themes, self.draw.randint(1, 2))),
            "kind": lambda: self.draw.choice(list(KIND)),
            "answered": lambda: self.draw.choice(list(ANSWERED)),
            "area": lambda: self.draw.choice(self.wide),
        }
        return {name: way() for name, way in ways.items() if self.draw.random() < 0.5}

    def read(self) -> dict[str, str]:
        """Return filters for which rows are read."""
        first, last = self.days
        since, until = sorted(self.draw.randint(0, (last - first).days) for _ in range(2))
        days = {"since": str(first), "until": str(last)}
        if (last - first).days:
            step = (last - first) / (last - first).days
            days = {"since": str(first + step * since), "until": str(first + step * until)}
        others = {**self.counted()}
        others.pop("area", None)
        chosen = self.draw.choice(
            [
                {"organisation": self.draw.choice(self.organisations)},
                {"area": self.draw.choice(self.districts)},
                days,
            ]
        )
        return {**others, **chosen}

    def searched(self) -> dict[str, str]:
        """Return words, half of them with filters beside them."""
        words = self.draw.choice([*WORDS, *PLACES])
        return {"q": words, **(self.counted() if self.draw.random() < 0.5 else {})}

    def feed(self, filters: dict[str, str]) -> str:
        sort = self.draw.choice(list(PostQuery.sorts))
        return f"/talk/posts/?{urlencode({**filters, 'sort': sort})}"

    def further(self) -> str:
        """Return a later page of a feed: one that begins after some post."""
        post = self.post()
        value = {
            NEWEST: post.created_at,
            SUPPORTED: post.counts.supports,
            DISCUSSED: post.counts.last_at,
        }
        order = self.draw.choice(list(value))
        cursor = keyset.write(f"posts:{order}", Cursor((value[order], post.pk)))
        return f"/talk/posts/?{urlencode({**self.counted(), 'sort': order, 'cursor': cursor})}"

    def post(self) -> Post:
        rows = Post.objects.public().select_related("counts").order_by("pk")
        return rows.filter(pk__gte=self.draw.randint(*self.keys))[0]

    def queue(self, people: Sequence[User]) -> tuple[User, str]:
        """Return one of those who answer, and what they ask of their queue."""
        sort = self.draw.choice([SUPPORT, AGE])
        theme = {"theme": self.draw.choice(self.themes)} if self.draw.random() < 0.5 else {}
        return self.draw.choice(people), urlencode({"sort": sort, **theme})


def page(address: str) -> Work:
    def ask() -> bool:
        answer = Client(headers={"host": "localhost"}).get(address)
        # Whatever is not a page is too slow: a statement was stopped at its limit.
        return answer.status_code == HTTPStatus.OK

    return ask


def queue_of(person: User, asked: str) -> Work:
    return lambda: bool(Queue.read(person, QueryDict(asked)))


def alike(text: str) -> Work:
    return lambda: similar(text) is not None


def works(questions: Questions, people: Sequence[User], number: int) -> dict[str, dict[str, Work]]:
    """Return so many questions of each kind, by what they ask."""
    ways: dict[str, Callable[[], str]] = {
        "feed, kept counts": lambda: questions.feed(questions.counted()),
        "feed, rows read": lambda: questions.feed(questions.read()),
        "feed, later pages": questions.further,
        "search": lambda: questions.feed(questions.searched()),
        "a post": lambda: f"/talk/posts/{questions.post().pk}/",
    }
    found = {
        kind: {a: page(a) for a in (way() for _ in range(number))} for kind, way in ways.items()
    }
    themes = [f"/talk/themes/{slug}/" for slug in questions.themes]
    found["all themes, a theme"] = {address: page(address) for address in ("/talk/", *themes)}
    places = [f"/areas/{code}/dashboard/" for code in ("UK", *questions.wide, *questions.districts)]
    places += [f"/organisations/{code}/" for code in questions.organisations]
    chosen = [questions.draw.choice(places) for _ in range(number // 4)]
    found["dashboards, organisations"] = {place: page(place) for place in chosen}
    texts = [questions.post().text for _ in range(number // 4)]
    found["similar posts"] = {text: alike(text) for text in texts}
    asked = [questions.queue(people) for _ in range(number)]
    found["queue"] = {f"{who.name}'s queue, {a}": queue_of(who, a) for who, a in asked}
    return found


def answering() -> list[User]:
    """Return an operator and the stewards of all nations and regions, made for the trial."""
    areas = Area.objects.current().exclude(kind=Area.Kind.DISTRICT).without_boundaries()
    made = [_granted("operator", Grant.Role.OPERATOR)]
    return made + [_granted(area.code, Grant.Role.STEWARD, area=area) for area in areas]


def _granted(name: str, role: str, **given: Area) -> User:
    person = User.objects.create_user(f"{uuid.uuid4()}@example.invalid", name=name)
    Grant.objects.create(person=person, role=role, **given)
    return person


def measure(found: dict[str, dict[str, Work]]) -> list[Told]:
    """Ask each once, with nothing kept from before; what was slow is asked again."""
    told = []
    for kind, asked in found.items():
        one = Told(kind)
        _took(next(iter(asked.values())))  # what a process reads once only
        for question, work in asked.items():
            times = [_took(work)]
            while times[-1][1] > LIMIT and len(times) <= AGAIN:
                times.append(_took(work))
            whole, longest = min(times, key=lambda each: each[1])
            one.whole.append(whole)
            one.longest.append((longest, question))
        told.append(one)
    return told


def _took(work: Work) -> tuple[float, float]:
    forget_all()
    watch = Stopwatch()
    with watch.running():
        answered = work()
    return (watch.milliseconds, watch.longest) if answered else (float("inf"), float("inf"))
