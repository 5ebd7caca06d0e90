"""Topics, and the newsletter: to who confirmed it, once a week, and only where there is news."""

import datetime

import pytest
from django.core import signing
from django.utils import timezone

from hubs.conversation.models.posts import Post
from hubs.following import actions, newsletter
from hubs.following.models import Interests
from hubs.following.newsletter import STOP
from pledges.accounts.models import User
from pledges.pledging.models import Pledge, Theme

TOPICS = "/mine/changemap/topics/"
WEEK = datetime.timedelta(days=7)
SECRET = "zanzibar"


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def reader(alice, themes, ground, today) -> User:
    """Alice hears of pledges about care and of posts about the basics, in the East, since today."""
    care = Theme.objects.get(slug="care")
    basics = [themes["equipped"]]
    actions.update_interests(
        alice, pledge_themes=[care], talk_themes=basics, area=ground.east, newsletter=False
    )
    actions.begin_newsletter(alice, today)
    return alice


def send(day: datetime.date) -> int:
    return sum(newsletter.batches(day))


def test_it_begins_when_it_is_confirmed_and_ends_at_once(client, alice, themes, deliver, today):
    client.force_login(alice)
    form = {"talk_themes": ["safe", "equipped"], "area": "Y59", "newsletter": "on"}
    client.post(TOPICS, form)
    chosen = Interests.objects.get(person=alice)
    assert {theme.slug for theme in chosen.talk_themes.all()} == {"safe", "equipped"}
    assert (chosen.area.code, chosen.newsletter_since) == ("Y59", None)
    assert send(today + WEEK) == 0
    (mail,) = deliver()
    assert mail.message["To"] == alice.email
    client.get(mail.link)
    assert Interests.objects.get().newsletter_since is None
    client.post(mail.link)
    assert Interests.objects.get().newsletter_since
    client.post(TOPICS, {"talk_themes": ["safe"], "newsletter": "on"})
    assert deliver() == []
    assert Interests.objects.get().newsletter_since
    client.post(TOPICS, {"talk_themes": ["safe"]})
    assert Interests.objects.get().newsletter_since is None


@pytest.mark.parametrize(
    "given",
    [
        {"newsletter": "on"},
        {"talk_themes": "song"},
        {"pledge_themes": "care\x00"},
        {"area": "nowhere"},
        {"area": "9" * 400},
        {"area": "\x00"},
    ],
)
def test_what_cannot_be_chosen_is_refused(client, alice, themes, given, mailoutbox):
    client.force_login(alice)
    assert client.post(TOPICS, given).status_code == 400
    assert not Interests.objects.exists()


def test_it_says_what_is_new_in_numbers_once_a_week(
    reader, ground, pledge, post, resource, hubs, bob, count_up, counted, deliver, today
):
    east = {"region": ground.east}
    pledge(f"To {SECRET}.", theme="care", **east)
    pledge("Mine.", theme="care", author=reader, **east)
    pledge("Elsewhere.", theme="care", region=ground.west)
    pledge("Of something else.", theme="staff", **east)
    hidden = pledge("Hidden.", theme="care", **east)
    Pledge.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    for text in (f"More {SECRET}.", "Another."):
        post(text, author=bob, **east)
    withdrawn = post("Withdrawn.", **east)
    Post.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    resource("A guide of the East", hub=hubs["east"])
    resource("A guide of the West")
    count_up()
    counted()
    assert send(today + WEEK - datetime.timedelta(days=1)) == 0
    assert send(today + WEEK) == 1
    assert send(today + WEEK) == 0
    (mail,) = deliver()
    assert mail.message["To"] == reader.email
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for words in ("1 new pledge\n", "2 new posts in the conversation", "A guide of the East"):
        assert words in mail.text
    for words in (SECRET, "West"):
        assert words not in mail.text + mail.html
    # The week after there is nothing new, and so no mail.
    assert send(today + 2 * WEEK) == 1
    assert deliver() == []


def test_one_click_ends_it_even_on_its_way(client, reader, post, ground, counted, deliver, today):
    post(region=ground.east)
    counted()
    send(today + WEEK)
    (mail,) = deliver()
    off = mail.message["List-Unsubscribe"].strip("<>").partition("localhost:8000")[2]
    assert client.get(off).status_code == 200
    assert Interests.objects.get().newsletter_since
    Interests.objects.update(told_until=today)
    assert send(today + WEEK) == 1
    assert client.post(off, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert deliver() == []
    assert send(today + 3 * WEEK) == 0
    other = signing.dumps(reader.pk, salt=f"{STOP}.other")
    assert client.get(f"/newsletter/off/{other}/").status_code == 410


@pytest.mark.parametrize("mark", [{"is_active": False}, {"demo": True}])
def test_none_is_sent_to_accounts_that_are_blocked_or_of_a_demo(reader, today, mark):
    User.objects.filter(pk=reader.pk).update(**mark)
    assert send(today + WEEK) == 0


def test_my_changemap_shows_the_newest_of_topics_and_area(
    client, reader, ground, pledge, post, resource, hubs, count_up, counted
):
    pledge("I will listen here.", theme="care", region=ground.east)
    pledge("I will listen there.", theme="care", region=ground.west)
    post("More lockers here.", region=ground.east)
    post("Safe ways home.", theme="safe", region=ground.east)
    resource("A guide of the East", hub=hubs["east"])
    count_up()
    counted()
    client.force_login(reader)
    seen = client.get("/mine/changemap/").content.decode()
    for words in ("I will listen here.", "More lockers here.", "A guide of the East"):
        assert words in seen
    for words in ("I will listen there.", "Safe ways home."):
        assert words not in seen
