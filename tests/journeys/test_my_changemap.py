"""My Changemap in a browser: bookmark, rate and comment, choose topics, confirm the newsletter."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from hubs.conversation import actions
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from hubs.following.models import Comment, Interests, Rating
from hubs.hub.models import Hub
from hubs.resources.models import Resource
from pledges.accounts.models import Confirmation, Taken
from pledges.counts.worker import fold_all
from tests.journeys.test_conversation import person, talk
from tests.journeys.test_pledging import answer_the_mail
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.processes import eventually

__all__ = ["talk"]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
TITLE = "A guide to listening on wards that are busy by night and by day"


@pytest.fixture
def guide(talk, mails) -> Iterator[Resource]:
    """A resource of the hub of Leeds, and a post; in the end all is as before."""
    theme, hub = Theme.objects.get(slug="safe"), Hub.objects.get(slug="north-east-and-yorkshire")
    where = {"region": hub.areas.get(), "show": Post.Show.REGION}
    actions.make_post(text="Lights by the stop.", theme=theme, kind=Post.Kind.IDEA, **where)
    fold_all()
    words = {"title": TITLE, "kind": "guide", "licence": "ogl", "link": "https://example.org/"}
    made = Resource.objects.create(hub=hub, published_at=timezone.now(), **words)
    yield made
    for model in (Resource, Rating, Comment, Confirmation, Taken):
        model.objects.all().delete()


@SIZES
def test_bookmark_rate_choose_topics_and_get_the_newsletter(visit, world, guide, size):
    visitor: Visitor = visit("/", size)
    visitor.forgive = "/ratings/"  # the form that says nothing is refused
    page, alice = visitor.page, person(visitor, name="Alice")
    visitor.go(f"/pledges/{world.lone.pk}/")
    page.get_by_role("button", name="Bookmark this").click()
    visitor.see("In your bookmarks.")
    visitor.check_access("bookmarked pledge")
    visitor.go(f"/resources/{guide.pk}/")
    page.get_by_role("button", name="Bookmark this").click()
    page.get_by_role("link", name="Rate it, or comment").click()
    page.get_by_role("button", name="Send").click()
    visitor.see("Choose a rating, or write a comment")
    visitor.check_access("nothing said")
    page.get_by_label("4", exact=True).check()
    page.get_by_label("Your comment (optional)").fill("It helped us on three wards.")
    page.get_by_role("button", name="Send").click()
    visitor.see("It helped us on three wards.")
    visitor.see("Fewer than 5 people have rated it")
    visitor.check_access("said")
    assert Rating.objects.get().stars == 4

    visitor.go("/mine/")
    visitor.check_access("mine with comments")
    page.get_by_role("link", name="What is new in my topics and my area").click()
    visitor.see("Choose what you care about, and where")
    visitor.check_access("nothing chosen")
    page.get_by_role("link", name="Choose topics and area").click()
    page.get_by_role("group", name="Pledges about").get_by_role("checkbox").nth(1).check()
    page.get_by_label("Safe and secure").check()
    page.get_by_label("Region or district").select_option(label="All of North East and Yorkshire")
    page.get_by_label("Send me a newsletter").check()
    visitor.check_access("topics")
    page.get_by_role("button", name="Save").click()
    answer_the_mail(visitor, alice.email, "Yes, send it to me")
    eventually(lambda: Interests.objects.get(person=alice).newsletter_since)
    visitor.go("/mine/changemap/")
    for words in ("You get the newsletter.", "Lights by the stop.", TITLE):
        visitor.see(words)
    visitor.check_access("my changemap")
    page.get_by_role("link", name="All my bookmarks").click()
    visitor.check_access("bookmarks")
    page.get_by_role("button", name="Remove the bookmark of: A guide").click()
    visitor.see("The bookmark is removed.")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    visitor.check_policy()
