"""Those who answer at their desk, on a telephone: by keyboard alone, and without scripts."""

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone

from hubs.conversation import actions
from hubs.conversation import loaders as loading
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Heard, Theme
from hubs.events import actions as event_actions
from hubs.events.models import Event
from hubs.events.sections import posts_of
from pledges.accounts.models import Grant, User
from pledges.counts.worker import fold_all
from tests.journeys.test_accounts import new_address
from tests.journeys.test_decency import enter
from tests.journeys.visitor import PHONE

LOCKERS = "More lockers for people who cycle to work, please."


@pytest.fixture
def waiting(world) -> Iterator[Post]:
    """A post in the region of the hospital that nobody has answered; another says the same."""
    loading.load(lambda words: None, force=True)
    theme = Theme.objects.get(number=1)
    given = {"theme": theme, "kind": Post.Kind.QUESTION, "show": Post.Show.REGION}
    given["region"] = world.hospital.region
    actions.make_post(text="Lockers for people who cycle!", signed=Signed.ANONYMOUS, **given)
    made = actions.make_post(text=LOCKERS, display_name="Alice", **given)
    fold_all()
    yield made
    for model in (Post, Heard, Theme, Grant):
        model.objects.all().delete()
    fold_all()


@pytest.fixture
def event(world) -> Iterator[Event]:
    """An event about the post, in three days."""
    start = timezone.now() + datetime.timedelta(days=3)
    times = {"starts_at": start, "ends_at": start + datetime.timedelta(hours=1)}
    made = event_actions.create_event(
        None, {"title": "Cycling to work", "kind": Event.Kind.FORUM, "online": True, **times}, []
    )
    event_actions.publish(made)
    yield made
    made.delete()


def steward(visitor, world) -> None:
    person = User.objects.create_user(new_address(), name="Stella")
    Grant.objects.create(person=person, role=Grant.Role.STEWARD, area=world.hospital.region)
    enter(visitor, person)


def test_a_post_is_answered_by_keyboard_alone(visit, waiting, event, world):
    visitor = visit("/talk/", PHONE)
    steward(visitor, world)
    visitor.go("/talk/")
    page = visitor.page
    page.get_by_role("link", name="Posts to answer").press("Enter")
    page.wait_for_url("**/talk/queue/")
    visitor.check_access("queue")
    page.get_by_role("link", name=LOCKERS).press("Enter")
    page.get_by_label("Your answer").press_sequentially("They come in May.")
    visitor.check_access("desk")
    page.get_by_role("button", name="Publish the answer").press("Enter")
    page.wait_for_url("**/talk/queue/")
    visitor.see("The answer is published.")
    visitor.go(f"/talk/posts/{waiting.pk}/")
    visitor.see("They come in May.")
    visitor.see("Official answer")
    page.get_by_role("link", name="Link it with an event").press("Enter")
    visitor.check_access("event for a post")
    page.get_by_role("button", name="This one").press("Enter")
    page.get_by_role("link", name="Cycling to work").press("Enter")
    visitor.see(LOCKERS)
    visitor.check_access("event")
    visitor.check_policy()
    assert posts_of(event) == [waiting]


def test_duplicates_and_results_need_no_scripts(visit, waiting, world):
    visitor = visit("/talk/", PHONE, java_script_enabled=False)
    steward(visitor, world)
    page = visitor.page
    page.goto(f"{visitor.site}/talk/queue/{waiting.pk}/")
    page.get_by_label("What came of it?").fill("Done.")
    page.get_by_role("button", name="Close it").click()
    page.get_by_role("button", name="Open it again").click()
    other = Post.objects.exclude(pk=waiting.pk).get()
    page.get_by_label("Which post says the same?").fill(str(other.pk))
    page.get_by_role("button", name="Join this one with it").click()
    page.get_by_text("The two posts are one now.").wait_for()
    waiting.refresh_from_db()
    assert waiting.merged_into == other
