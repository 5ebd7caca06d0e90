"""Every page of the conversation for axe, wide and narrow, with words that break other pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.utils import timezone

from hubs.conversation import actions, texts
from hubs.conversation.answering import actions as answering_actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply, Voice
from hubs.conversation.models.themes import Heard, Theme
from hubs.conversation.topics.terms import count_all
from pledges.accounts.models import Grant, User
from pledges.counts.worker import fold_all
from tests.journeys.test_accounts import new_address
from tests.journeys.test_conversation import talk
from tests.journeys.test_decency import enter
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

assert talk  # a fixture, asked for by name
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
STILL = {"reduced_motion": "reduce"}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselanhänger" * 3
WORDS = (
    "More lockers on each ward, please.",
    f"Why {LONG}?",
    "مرحبا \u202eevil\u202c – أضواء في موقف السيارات من فضلكم",
    "Z" + "\u0336\u0301\u0302\u0489" * 40 + "algo lockers " + "a\u0300\u0315\u0321" * 20,
    "🙂👩🏽‍⚕️🍲 " * 60,
    "https://example.org/" + "a/" * 300,
    "One\n\n\n\n\n\n\n\nword\n" * 20,
    "<script>alert(7)</script> lockers &amp; {{ parking }}",
)


@dataclass
class Crowd:
    """Posts of all sorts; `answered` has replies of two levels, an answer and a result."""

    answered: Post
    anonymous: Post
    waiting: Post
    author: User
    operator: User


@pytest.fixture
def crowd(talk, world) -> Iterator[Crowd]:
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    people = [User.objects.create_user(new_address(), name=LONG[:40]) for _ in range(6)]
    operator = User.objects.create_user(new_address(), name="Olga")
    Grant.objects.create(person=operator, role=Grant.Role.OPERATOR)
    made = []
    for number, words in enumerate(WORDS):
        text = texts.tidy(words)[:1000]
        made.append(
            actions.make_post(
                text=text,
                theme=themes["safe"],
                kind=Post.Kind(number % 3 + 1),
                show=Post.Show.ORGANISATION,
                organisation=world.hospital,
                signed=Signed.ROLE if number % 2 else Signed.NAME,
                display_name=LONG[:40],
                role="مدير 🙂 " + LONG[:25],
                works_in_care=True,
                author=people[0],
            )
        )
    answered, waiting = made[0], made[1]
    hush = {"signed": Signed.ANONYMOUS, "author": people[1]}
    anonymous = actions.make_post(
        text="Lockers, hush.",
        theme=themes["safe"],
        kind=Post.Kind.IDEA,
        show=Post.Show.REGION,
        region=world.hospital.region,
        **hush,
    )
    for person, words in zip(people[1:], WORDS[1:], strict=False):
        actions.support(answered, person)
        first = actions.make_reply(answered, text=texts.tidy(words)[:1000], author=person)
        actions.make_reply(answered, text=f"{LONG} 🙂", parent=first, author=people[0])
        actions.make_post(
            text="Lockers by the stairs.",
            theme=themes["safe"],
            kind=Post.Kind.IDEA,
            show=Post.Show.NONE,
            author=person,
        )
    answering_actions.publish_answer(answered, operator, f"In May. {LONG}", Voice.NATIONAL)
    answering_actions.close(answered, operator, f"Done. {LONG}")
    Heard.objects.create(
        theme=themes["safe"], heard=LONG[:150], did="🙂 " + LONG, day=timezone.localdate()
    )
    fold_all()
    count_all()
    yield Crowd(answered, anonymous, waiting, people[0], operator)
    Reply.objects.all().delete()
    Grant.objects.all().delete()


@pytest.fixture
def look(visit, size) -> Callable[[str, User | None], Visitor]:
    """Go to a page as somebody, and hold that it keeps its shape and is fit for everybody."""
    windows: dict[User | None, Visitor] = {}

    def at(path: str, who: User | None = None) -> Visitor:
        if who not in windows:
            windows[who] = visit("/talk/waits/", size, **STILL)
            if who:
                enter(windows[who], who)
        visitor = windows[who]
        visitor.go(path)
        visitor.check_access(path)
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
        return visitor

    return at


@SIZES
def test_pages_for_everybody(look, crowd, world, size):
    visitor = look("/talk/")
    for path in (
        "/talk/themes/safe/",
        "/talk/themes/empowered/",
        "/talk/themes/safe/terms/",
        "/talk/themes/safe/report/",
        "/talk/themes/empowered/report/",
        "/talk/posts/",
        "/talk/posts/?theme=safe,included&kind=idea&answered=no&q=lockers&sort=supported",
        "/talk/posts/?q=nobodywrotethis",
        "/talk/posts/?sort=nearest",
        "/talk/map/",
        f"/talk/posts/{crowd.answered.pk}/",
        f"/talk/posts/{crowd.waiting.pk}/",
        f"/talk/spots/{crowd.waiting.morton}/",
        "/talk/new/",
        f"/organisations/{world.hospital.public_code}/",
        f"/areas/{world.hospital.region.code}/dashboard/",
        "/offline/",
    ):
        look(path)
    visitor.check_policy()


@SIZES
def test_pages_of_those_who_write_and_answer(look, crowd, size):
    for path in (
        "/talk/new/?theme=safe",
        f"/talk/posts/{crowd.answered.pk}/",
        f"/talk/posts/{crowd.waiting.pk}/reword/",
        "/talk/mine/",
    ):
        look(path, crowd.author)
    for path in (
        "/talk/queue/",
        "/talk/queue/?sort=mine",
        f"/talk/queue/{crowd.waiting.pk}/",
        f"/talk/queue/{crowd.answered.pk}/",
        f"/talk/posts/{crowd.anonymous.pk}/author/",
        f"/events/for-post/{crowd.waiting.pk}/",
    ):
        visitor = look(path, crowd.operator)
    visitor.check_policy()


@SIZES
def test_a_form_says_what_is_wrong_and_what_is_like_it(look, crowd, size):
    visitor = look("/talk/new/?theme=safe", crowd.author)
    page = visitor.page
    page.get_by_label("What do you want to say?").fill("x")
    visitor.forgive = "/talk/new/"
    page.get_by_role("button", name="Post it").click()
    visitor.see("Write a little more")
    visitor.check_access("errors")
    page.get_by_label("What do you want to say?").fill("More lockers by the stairs.")
    page.get_by_role("button", name="Post it").click()
    page.get_by_role("link", name="Support this post").first.wait_for()
    visitor.check_access("similar posts")
