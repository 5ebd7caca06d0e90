"""The conversation in a browser: posted on a telephone, seen elsewhere, supported, answered."""

import time
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hubs.conversation import digest
from hubs.conversation import loaders as loading
from hubs.conversation.answering import actions
from hubs.conversation.models.participation import Follow, Support
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Voice
from hubs.conversation.models.themes import Heard, Theme
from pledges.accounts.models import Grant, User
from pledges.counts.worker import fold_all
from pledges.pledging.models import Pledge
from tests.journeys.test_accounts import new_address, newest_mail
from tests.journeys.test_decency import enter
from tests.journeys.visitor import PATIENCE, PHONE, Visitor

TABLET = (820, 1180)
SOON = 3000  # milliseconds until others see it


@pytest.fixture
def talk(world) -> Iterator[None]:
    """The five themes; in the end all is as before."""
    loading.load(lambda words: None, force=True)
    yield
    Post.objects.all().delete()
    Heard.objects.all().delete()
    Theme.objects.all().delete()
    fold_all()


@pytest.fixture
def deed(world) -> Iterator[Pledge]:
    """A pledge of the world, which belongs to somebody for the time of a test."""
    found = Pledge.objects.public().filter(organisation=world.hospital).first()
    yield found
    Pledge.objects.filter(pk=found.pk).update(author=None)


def person(visitor: Visitor, **about: str) -> User:
    """Sign somebody new in."""
    made = User.objects.create_user(new_address(), **about)
    enter(visitor, made)
    return made


def write(visitor: Visitor, text: str) -> None:
    """Fill in the form as somebody in a hurry does."""
    page = visitor.page
    page.get_by_label("What do you want to say?").fill(text)
    page.get_by_label("Safe and secure").check()
    page.get_by_role("button", name="Post it").click()


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_post_is_seen_at_once_supported_replied_to_and_answered(visit, talk, mails, size, deed):
    reader = visit("/talk/posts/", size)
    reader.page.locator("#live[data-state=open]").wait_for()
    writer = visit("/talk/", size)
    alice = person(writer, name="Alice")
    writer.check_access("themes")
    writer.go("/talk/new/")
    writer.check_access("form")
    write(writer, "Lights on the way to the car park, please.")
    writer.see("Withdraw this post")
    fold_all()
    begun = time.monotonic()
    line = reader.page.locator("#live-news button")
    expect(line).to_have_text("1 new post", timeout=PATIENCE)
    assert time.monotonic() - begun < SOON / 1000 + 1
    line.click()
    reader.see("Lights on the way")
    reader.check_access("feed")
    bob = person(reader)
    reader.page.get_by_role("link", name="Lights on the way").click()
    reader.page.get_by_role("button", name="Support it").click()
    reader.see("You support this.")
    reader.page.get_by_label("Your reply").fill("We tried it, and it works.")
    reader.page.get_by_role("button", name="Send my reply").click()
    reader.see("We tried it, and it works.")
    reader.check_access("thread")
    post = Post.objects.get(author=alice)
    assert Support.objects.get(post=post).person == bob
    reader.page.get_by_role("button", name="Follow it").click()
    reader.see("You follow this:")
    Pledge.objects.filter(pk=deed.pk).update(author=bob)
    reader.page.get_by_role("link", name="I’ll do something about it").click()
    reader.page.get_by_role("button", name="This one").first.click()
    reader.see(deed.text[:20])
    operator = User.objects.create_user(new_address())
    Grant.objects.create(person=operator, role=Grant.Role.OPERATOR)
    actions.publish_answer(post, operator, "Lights come in May.", Voice.NATIONAL)
    reader.go(f"/talk/posts/{post.pk}/")
    reader.see("Official answer")
    reader.see("Lights come in May.")
    reader.go(f"/pledges/{deed.pk}/")
    reader.see("It began in the conversation")
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    Follow.objects.update(told_at=timezone.now() - timezone.timedelta(days=2))
    assert sum(digest.batches(timezone.localdate()))
    assert "There is news about 1 post" in newest_mail(reader, bob.email)


def test_without_scripts_and_without_an_account(visit, talk, mails):
    visitor = visit("/talk/new/?theme=safe", PHONE, java_script_enabled=False)
    email = new_address()
    visitor.page.get_by_label("Your e-mail address").fill(email)
    write(visitor, "Somebody who looks after dark.")
    visitor.see("We sent a mail to")
    link = next(word for word in newest_mail(visitor, email).split() if "/confirm/" in word)
    visitor.page.goto(link)
    visitor.page.get_by_role("button", name="Yes, post it").click()
    visitor.see("Somebody who looks after dark.")
    assert Post.objects.get().public
