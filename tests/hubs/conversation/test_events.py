"""Posts that events are about: who links the two, and what the page of each shows of the other."""

import pytest
from django.utils import timezone

from hubs.conversation.answering import actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.events import actions as event_actions
from hubs.events.models import Discussion, Event
from hubs.events.sections import posts_of
from tests.hubs.conftest import hubs, hubs_file
from tests.hubs.events.conftest import event

__all__ = ["event", "hubs", "hubs_file"]


def shown(client, address: str, words: str) -> bool:
    return words in client.get(address).content.decode()


@pytest.fixture
def both(ground, post, event, alice) -> tuple[Post, Event]:
    """A post of Alice's in the West, and an event of the West hub."""
    return post("More lockers.", region=ground.west, author=alice), event("Soup for change")


def test_an_organiser_links_a_post_and_both_pages_show_the_other(both, seat, walter, stella):
    made, about = both
    address, desk = f"/events/{about.slug}/posts/", seat(walter)
    assert seat(stella).get(address).status_code == 403
    for wrong in ("", "nothing", "999999", "<b>"):
        assert desk.post(address, {"post": wrong}).status_code == 400
    for _again in range(2):
        desk.post(address, {"post": f"https://x.org/talk/posts/{made.pk}/"})
    assert Discussion.objects.count() == 1
    reader = seat()
    assert shown(reader, f"/events/{about.slug}/", f'href="/talk/posts/{made.pk}/">More lockers.')
    assert shown(reader, f"/talk/posts/{made.pk}/", f'href="/events/{about.slug}/">Soup')
    desk.post(address, {"post": made.pk, "drop": "1"})
    assert not shown(reader, f"/events/{about.slug}/", "More lockers.")
    assert not shown(reader, f"/talk/posts/{made.pk}/", "Soup for change")


@pytest.mark.parametrize("signed", [Signed.NAME, Signed.ANONYMOUS])
def test_an_author_links_their_own_post_and_nobody_learns_who_did(
    ground, post, event, seat, alice, bob, stella, signed
):
    made, about = post(region=ground.west, author=alice, signed=signed), event("Soup for change")
    address = f"/events/for-post/{made.pk}/"
    for other in (bob, stella):
        assert seat(other).post(address, {"event": about.slug}).status_code == 403
    assert seat().get(address).status_code == 302
    author = seat(alice)
    assert shown(author, f"/talk/posts/{made.pk}/", address)
    assert shown(author, address, "Soup for change")
    assert author.post(address, {"event": "no-such-event"}).status_code == 400
    author.post(address, {"event": f"https://x.org/events/{about.slug}/"})
    assert shown(seat(bob), f"/talk/posts/{made.pk}/", "Soup for change")
    assert {field.name for field in Discussion._meta.fields} == {
        "id",
        "event",
        "post",
        "created_at",
    }
    author.post(address, {"event": about.slug, "drop": "1"})
    assert not Discussion.objects.exists()


def test_those_who_answer_a_post_link_it(both, seat, walter):
    made, about = both
    seat(walter).post(f"/events/for-post/{made.pk}/", {"event": about.slug})
    assert posts_of(about) == [made]


def test_neither_page_shows_what_is_not_in_view(both, seat):
    made, about = both
    event_actions.link_post(about, made)
    Event.objects.filter(pk=about.pk).update(status=Event.Status.DRAFT)
    assert not shown(seat(), f"/talk/posts/{made.pk}/", "Soup for change")
    Event.objects.filter(pk=about.pk).update(status=Event.Status.PUBLISHED)
    Post.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    assert not shown(seat(), f"/events/{about.slug}/", "More lockers.")


def test_links_go_with_a_post_that_is_joined_with_another(both, ground, post, event, walter):
    made, about = both
    other, later = post("Lockers, please.", region=ground.west), event("Bread for change")
    for post_of in (made, other):
        event_actions.link_post(about, post_of)
    event_actions.link_post(later, other)
    actions.merge(made, other, walter)
    assert posts_of(about) == [other]
    assert list(Event.objects.of_post(other)) == [later, about]
    event_actions.unlink_post(about, other)
    assert posts_of(about) == []


def test_what_takes_no_links_says_so(both, post, seat, walter, monkeypatch):
    made, about = both
    desk, address = seat(walter), f"/events/{about.slug}/posts/"
    monkeypatch.setattr(Discussion, "MOST", 1)
    event_actions.link_post(about, post("Chairs."))
    assert b"as many links" in desk.post(address, {"post": made.pk}).content
    Event.objects.filter(pk=about.pk).update(status=Event.Status.CANCELLED)
    assert desk.post(address, {"post": made.pk}).status_code == 400
    assert [one.text for one in posts_of(about)] == ["Chairs."]
