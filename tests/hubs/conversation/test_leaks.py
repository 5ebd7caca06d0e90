"""What nobody may see of the conversation, wherever they look: pages, API, tiles, feeds, files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from hubs.conversation.answering import actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from hubs.following import actions as mine
from hubs.following import ratable
from pledges.accounts.models import User
from tests.test_hostile import GOOD, address, routes

SECRET = "zanzibar seven"  # asked for by one of its words, which pages repeat
OPEN = "The zanzibar club."  # public, and found by the same word
NAME = "Persephone"
STATES = ("hidden", "withdrawn", "held", "unconfirmed", "merged")
ROUTES = sorted(set(routes(get_resolver())))
ASKED = ("", "?q=zanzibar", "?area=Y59", "?sort=supported", "?theme=equipped", "?answered=no")
FORMATS = ("csv", "geojson", "geojsonseq")


@dataclass
class World:
    """Posts with a reply each: one in view, one anonymous, and one for each reason not to see."""

    public: Post
    anonymous: Post
    others: list[Post] = field(default_factory=list)

    @property
    def posts(self) -> list[Post]:
        return [self.public, self.anonymous, *self.others]


@pytest.fixture
def world(ground, themes, post, reply, counted, alice, bob, olga) -> World:
    alice.name, alice.email = NAME, f"{NAME}@example.org"
    alice.save()
    hush = {"author": alice, "signed": Signed.ANONYMOUS}
    made = World(
        post(OPEN, organisation=ground.clinic),
        post("Nobody knows me.", region=ground.east, role=NAME, **hush),
    )
    reply(made.anonymous, "Nor me.", display_name=NAME, **hush)
    gone = reply(made.public, f"From {SECRET}.")
    reply(made.public, "Below it.", parent=gone)
    Reply.objects.filter(pk=gone.pk).update(hidden_at=timezone.now())
    for state in STATES:
        told = f"To {SECRET}, {state}."
        one = post(told, organisation=ground.clinic, confirmed=state != "unconfirmed")
        if one.public:
            reply(one, f"Under {SECRET}.")
        leave_view(one, state, made.public, olga)
        made.others.append(one)
    Reply.objects.filter(post=made.public, text__startswith="Under").delete()  # moved along
    for one in made.posts:
        mine.add_bookmark(bob, ratable.POST, one)
    wanted = {"pledge_themes": [], "talk_themes": themes.values(), "area": None}
    mine.update_interests(bob, newsletter=False, **wanted)
    counted()
    return made


def leave_view(post: Post, state: str, kept: Post, operator: User) -> None:
    if state == "merged":
        actions.merge(post, kept, operator)
    elif state == "held":
        Post.objects.filter(pk=post.pk).update(held_at=timezone.now(), confirmed_at=None)
    elif state != "unconfirmed":
        Post.objects.filter(pk=post.pk).update(**{f"{state}_at": timezone.now()})


def said(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # Written by a worker, or answered by one; bytes that are no words are decoded as they are.
    return body.decode(errors="replace")


def addresses(route: str, world: World) -> Iterator[str]:
    """All addresses of a route that have to do with these posts and their replies."""
    plain = re.sub(r"\^\(\?P<(\w+)>[^)]*\)(.*)\$", r"<\1>\2", route)
    if "<" not in plain:
        asked = ASKED if "talk" in plain or "posts" in plain else ("",)
        yield from (f"/{plain}{query}" for query in asked)
        return
    parts = {**GOOD, "name": "posts", "layer": "posts", "code": "RXB"}
    parts |= {"app_label": "conversation", "verb": "support"}
    parts["slug"] = "reply" if "reply" in plain else "equipped" if "themes/" in plain else "post"
    if not re.search("<[a-z:]*(pk|key|morton|object_id|form)>", plain):
        for query in ASKED if "<str:name>" in plain else ("",):
            yield address(plain, parts) + query
        return
    replies = list(Reply.objects.order_by("pk")) if "replies/" in plain else []
    for about in replies or world.posts:
        keys = {"pk": str(about.pk), "key": str(about.pk), "object_id": str(about.pk)}
        keys["morton"] = str(getattr(about, "morton", None) or 0)
        yield from (address(plain, {**parts, **keys, "form": each}) for each in FORMATS)


def walk(client: Client, world: World) -> dict[str, str]:
    """All that the site answers, by address, of what has to do with these posts."""
    found: dict[str, str] = {}
    for route in ROUTES:
        if route.startswith("admin/") and "conversation" not in route:
            continue
        for path in addresses(route, world):
            if path not in found and not path.endswith(".pdf"):
                found[path] = said(client.get(path))
    return found


def telling(seen: dict[str, str], word: str) -> list[str]:
    return [path for path, text in seen.items() if word.lower() in text.lower()]


@pytest.fixture
def eyes(seat, olga, bob) -> dict[str, Client]:
    """A stranger, somebody else, and an operator with the second factor."""
    return {"stranger": seat(), "person": seat(bob), "operator": seat(olga)}


@pytest.mark.parametrize("who", ["stranger", "person", "operator"])
def test_what_is_not_in_view_and_who_is_anonymous_are_told_nowhere(world, eyes, who):
    seen = walk(eyes[who], world)
    pk = world.public.pk
    assert {
        "/talk/",
        "/talk/posts/",
        "/talk/posts/?q=zanzibar",
        "/talk/posts/list.atom",
        "/talk/posts/list.csv",
        "/api/collections/posts/items",
        f"/api/collections/posts/items/{pk}",
        *(f"/api/collections/posts/export.{each}" for each in FORMATS),
        f"/talk/posts/{pk}/",
        f"/talk/posts/{pk}/popup/",
        f"/talk/spots/{world.public.morton}/",
        "/organisations/RXB/",
        *(["/mine/changemap/", "/mine/changemap/bookmarks/"] if who == "person" else []),
    } <= set(telling(seen, OPEN)), "closed eyes"
    assert f"/talk/posts/{world.anonymous.pk}/" in telling(seen, "Nobody knows me.")
    assert telling(seen, NAME) == []
    if who != "operator":  # who looks at what was reported
        assert telling(seen, SECRET) == []
