"""What nobody may see of the conversation, wherever they look: pages, API, tiles, files, mails."""

import io
import json
import re

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from geo.models import News
from hubs.conversation import actions, digest
from hubs.conversation.models import Follow, Post, Reply, Signed
from pledges.mine import everything
from pledges.models import Confirmation
from tests.test_hostile import GOOD, address, routes

SECRET = "zanzibar seven"  # asked for by one of its words, which pages repeat
NAME = "Persephone"
EVERY = sorted(set(routes(get_resolver())))
# Written by a worker, or answered by one; bytes that are no words are decoded as they are.
ASKED = ("", "?q=zanzibar", "?area=Y59", "?sort=supported", "?theme=equipped", "?answered=no")


def said(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def walk(client: Client, post: Post, reply: Reply) -> dict[str, str]:
    """All that the site answers, by address, of what has to do with these two."""
    found = {}
    for route in EVERY:
        about = reply if "replies/" in route else post
        parts = {
            **GOOD,
            "pk": str(about.pk),
            "key": str(post.pk),
            "name": "posts",
            "layer": "posts",
            "slug": "reply" if "reply" in route else "equipped" if "themes/" in route else "post",
            "verb": "support",
            "code": "RXB",
            "app_label": "conversation",
            "morton": str(post.morton or 0),
        }
        if route.startswith("admin/") and "conversation" not in route:
            continue
        plain = address(re.sub(r"\^\(\?P<(\w+)>[^)]*\)(.*)\$", r"<\1>\2", route), parts)
        if plain.endswith(".pdf"):
            continue
        for asked in ASKED if "talk" in plain or "posts" in plain else ("",):
            found[plain + asked] = said(client.get(plain + asked))
    return found


def telling(seen: dict[str, str], word: str) -> list[str]:
    return [path for path, text in seen.items() if word.lower() in text.lower()]


@pytest.fixture
def eyes(seat, olga, bob) -> dict[str, Client]:
    """A stranger, somebody else, and an operator with the second factor."""
    return {"stranger": seat(), "person": seat(bob), "operator": seat(olga)}


def test_what_is_public_is_seen(ground, post, reply, counted, eyes):
    """The eyes of the tests below are open."""
    made = post(f"To {SECRET}.", organisation=ground.clinic)
    answered = reply(made, f"From {SECRET}.")
    counted()
    found = telling(walk(eyes["stranger"], made, answered), SECRET)
    wanted = {
        "/talk/",
        "/talk/posts/",
        "/talk/posts/list.atom",
        "/talk/posts/list.csv",
        "/api/collections/posts/items",
        f"/api/collections/posts/items/{made.pk}",
        "/api/collections/posts/export.csv",
        f"/talk/posts/{made.pk}/",
        f"/talk/posts/{made.pk}/popup/",
        f"/talk/spots/{made.morton}/",
        "/organisations/RXB/",
    }
    assert wanted <= set(found)


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "held", "unconfirmed", "merged"])
def test_a_post_that_is_not_in_view_is_nowhere(ground, post, reply, counted, eyes, olga, state):
    other = post("Another one.", organisation=ground.clinic)
    made = post(f"To {SECRET}.", organisation=ground.clinic, confirmed=state != "unconfirmed")
    below = reply(made, f"From {SECRET}.") if made.public else reply(other)
    counted()
    now = timezone.now()
    if state == "merged":
        actions.merge(made, other, olga)
        Reply.objects.filter(pk=below.pk).delete()
        below = reply(other)
    elif state == "held":
        Post.objects.filter(pk=made.pk).update(held_at=now, confirmed_at=None)
    elif state != "unconfirmed":
        Post.objects.filter(pk=made.pk).update(**{f"{state}_at": now})
    counted()
    assert telling(walk(eyes["stranger"], made, below), SECRET) == []
    assert telling(walk(eyes["person"], made, below), SECRET) == []


def test_a_hidden_reply_is_nowhere(ground, post, reply, counted, eyes):
    made = post(organisation=ground.clinic)
    gone = reply(made, f"From {SECRET}.")
    reply(made, "Below it.", parent=gone)
    Reply.objects.filter(pk=gone.pk).update(hidden_at=timezone.now())
    counted()
    assert telling(walk(eyes["person"], made, gone), SECRET) == []


@pytest.mark.parametrize("who", ["stranger", "person", "operator"])
def test_who_is_anonymous_is_told_to_nobody(ground, post, reply, counted, eyes, alice, bob, who):
    alice.name, alice.email = NAME, f"{NAME}@example.org"
    alice.save()
    made = post(
        "Nobody knows me.", region=ground.east, author=alice, signed=Signed.ANONYMOUS, role=NAME
    )
    below = reply(made, "Nor me.", author=alice, signed=Signed.ANONYMOUS, display_name=NAME)
    # What is anonymous is moderated as everything is.
    held = post("x", author=None, confirmed=False, region=ground.east, signed=Signed.ANONYMOUS)
    Post.objects.filter(pk=held.pk).update(text="Ring me on 07700 900123.")
    held.refresh_from_db()
    actions.verify_post(held, alice)
    counted()
    seen = walk(eyes[who], made, below)
    assert f"/talk/posts/{made.pk}/" in telling(seen, "Nobody knows me.")
    assert telling(seen, NAME) == []
    client = eyes[who]
    case = held.cases.get()
    for path in (
        f"/admin/pledges/case/{case.pk}/change/",
        f"/admin/pledges/case/?author__id__exact={alice.pk}",
        f"/admin/conversation/post/?author__id__exact={alice.pk}",
        "/admin/pledges/confirmation/",
        "/admin/auditlog/logentry/",
        f"/moderation/{case.pk}/",
    ):
        assert NAME.lower() not in said(client.get(path)).lower(), path
    # A filter for the author finds as much as without: nothing is told by what is found.
    found = said(client.get(f"/admin/pledges/case/?author__id__exact={alice.pk}"))
    assert "07700" not in found


def test_the_address_is_gone_from_what_was_confirmed(client, themes, deliver):
    form = {
        "text": "Nobody knows me.",
        "kind": 1,
        "theme": "safe",
        "signed": Signed.ANONYMOUS,
        "show": Post.Show.NONE,
        "email": f"{NAME}@example.org",
        "reviewed": "1",
    }
    client.post("/talk/new/", form)
    (mail,) = deliver()
    client.post(mail.link)
    assert Post.objects.get().public
    assert Confirmation.objects.get().email == ""


def test_mails_and_news_say_nothing_of_what_was_written(
    ground, post, reply, counted, deliver, alice, bob, charlie
):
    made = post(f"To {SECRET}.", author=alice)
    actions.follow(made, charlie)
    reply(made, f"From {SECRET}.", author=bob, display_name=NAME)
    Follow.objects.update(told_at=timezone.now() - timezone.timedelta(days=2))
    list(digest.batches(timezone.localdate()))
    mails = deliver()
    assert {mail.message["To"] for mail in mails} == {alice.email, charlie.email}
    counted()
    told = json.dumps(list(News.objects.values("collection", "key")))
    for word in (SECRET, NAME):
        assert not [mail for mail in mails if word in mail.text or word in mail.html]
        assert word not in told


def test_ones_own_data_has_what_one_wrote_anonymously_and_nothing_of_others(
    post, reply, alice, bob
):
    made = post("Nobody knows me.", author=alice, signed=Signed.ANONYMOUS)
    reply(made, "Hush.", author=bob, signed=Signed.ANONYMOUS)
    mine = json.dumps(everything(alice), default=str)
    assert "Nobody knows me." in mine
    assert "Hush." not in mine


def test_a_table_of_posts_opens_without_a_formula(client, post, counted):
    post("=cmd|' /C calc'!A0")
    counted()
    table = said(client.get("/talk/posts/list.csv"))
    assert "'=cmd" in table
    assert io.StringIO(table).readline().startswith("\ufeffid,text")
