"""Ratings, one a person and few without a mean; comments, moderated as all that people write."""

import uuid

import pytest

from hubs.following import actions, ratable
from hubs.following.models import Comment, Rating
from hubs.following.personal_data import remove_orphans
from hubs.resources.actions import retire
from pledges.accounts.delete_account import delete_account
from pledges.accounts.models import User
from pledges.accounts.my_data import everything
from pledges.moderation.models import Case
from tests.pledges.moderation.conftest import PHONE, decide


@pytest.fixture
def guide(resource):
    return resource("A guide")


@pytest.fixture
def address(guide) -> str:
    return f"/ratings/resource/{guide.pk}/"


def shown(client, guide) -> str:
    return client.get(f"/resources/{guide.pk}/").content.decode()


def say(person, guide, text="It helped us.", **more) -> Comment:
    words = {"display_name": "Alice", "form_key": uuid.uuid4(), **more}
    return actions.add_comment(person, ratable.RESOURCE, guide, text=text, **words)


def test_a_mean_is_told_from_five_people_on(client, guide):
    assert "Nobody has rated it yet." in shown(client, guide)
    people = [User.objects.create_user(f"p{n}@example.org") for n in range(5)]
    for person, stars in zip(people, (5, 5, 4, 4, 3), strict=True):
        assert " out of 5" not in shown(client, guide)
        actions.rate(person, ratable.RESOURCE, guide, 1)
        actions.rate(person, ratable.RESOURCE, guide, stars)
    assert Rating.objects.count() == len(people)
    seen = " ".join(shown(client, guide).split())
    assert "4.2 out of 5</b> from 5 ratings" in seen
    # A blocked account is no judge.
    User.objects.filter(pk=people[0].pk).update(is_active=False)
    assert "Fewer than 5 people" in shown(client, guide)


def test_one_form_rates_and_comments_and_is_one_when_sent_twice(seat, alice, guide, address):
    client = seat(alice)
    form = {"stars": "4", "text": "<b>It</b> helped.", "display_name": "", "form_key": uuid.uuid4()}
    for _twice in range(2):
        answer = client.post(address, form)
    comment = Comment.objects.get()
    assert answer.headers["Location"] == f"/resources/{guide.pk}/#comment-{comment.pk}"
    seen = shown(client, guide)
    assert "&lt;b&gt;It&lt;/b&gt; helped." in seen
    assert "Somebody" in seen
    assert Rating.objects.get().stars == 4
    client.post(address, {"undo": "1"})
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"stars": "6"},
        {"stars": "nan"},
        {"stars": "0"},
        {"text": "\u200b \u0301"},
        {"text": "Yes\x00ter"},
        {"text": "x" * 1001},
        {"stars": "4", "text": "xy"},
        {"stars": "4", "display_name": "x" * 101},
    ],
)
def test_what_is_no_rating_and_no_comment_is_refused(seat, alice, address, given):
    assert seat(alice).post(address, given).status_code == 400
    assert not Rating.objects.exists()
    assert not Comment.objects.exists()


def test_words_that_tell_too_much_wait_until_they_are_mended(seat, alice, bob, guide, address):
    client = seat(alice)
    answer = client.post(address, {"text": PHONE})
    comment = Comment.objects.get()
    own = f"/mine/comments/{comment.pk}/"
    assert answer.headers["Location"] == own
    assert "07700" not in shown(client, guide)
    assert client.get(f"/report/comment/{comment.pk}/").status_code == 404
    assert seat(bob).get(own).status_code == 404
    assert "07700" in client.get("/mine/").content.decode()
    client.post(own, {"text": "I will listen.", "display_name": ""})
    assert "I will listen." in shown(client, guide)


def test_a_steward_of_its_hub_hides_a_comment_and_shows_it_again(
    client, seat, alice, walter, guide
):
    comment = say(alice, guide, "Zanzibar!")
    client.post(f"/report/comment/{comment.pk}/", {"reason": "unkind"})
    case = Case.objects.of(comment).get()
    assert case.region == guide.hub.areas.get()
    decide(case, walter, Case.Outcome.HIDDEN)
    assert "Zanzibar" not in shown(client, guide)
    own = seat(alice)
    assert "A moderator has hidden" in own.get(f"/mine/comments/{comment.pk}/").content.decode()
    own.post(f"/mine/comments/{comment.pk}/", {"text": "Zanzibar again.", "display_name": ""})
    assert "Zanzibar" not in shown(client, guide)
    decide(case, walter, Case.Outcome.KEPT)
    assert "Zanzibar again." in shown(client, guide)


def test_comments_go_out_of_view_with_what_they_are_about(client, seat, alice, guide, address):
    comment = say(alice, guide, "Zanzibar!")
    retire(guide)
    assert client.get(f"/report/comment/{comment.pk}/").status_code == 404
    assert seat(alice).post(address, {"stars": "4"}).status_code == 404
    assert seat(alice).get(f"/mine/comments/{comment.pk}/").status_code == 200
    guide.delete()
    remove_orphans()
    assert not Comment.objects.exists()


def test_another_app_registers_what_may_be_rated(client, seat, alice, pledge, settings):
    made = pledge("I will listen.")
    address = f"/ratings/pledge/{made.pk}/"
    assert seat(alice).post(address, {"text": "So will we."}).status_code == 404
    rated = ["hubs.following.ratable.RESOURCE", "hubs.following.ratable.PLEDGE"]
    settings.REGISTRIES = {**settings.REGISTRIES, "RATED": rated}
    seat(alice).post(address, {"text": "So will we.", "stars": "5"})
    comment = Comment.objects.about(made).get()
    assert "So will we." in client.get(f"/report/comment/{comment.pk}/").content.decode()
    made.withdrawn_at = made.created_at
    made.save()
    assert client.get(f"/report/comment/{comment.pk}/").status_code == 404


@pytest.mark.parametrize("keep", [True, False])
def test_leaving_takes_ratings_along_and_comments_or_their_name(guide, alice, bob, keep):
    say(alice, guide)
    actions.rate(alice, ratable.RESOURCE, guide, 4)
    actions.rate(bob, ratable.RESOURCE, guide, 2)
    actions.add_bookmark(alice, ratable.RESOURCE, guide)
    told = everything(alice)
    assert [row["stars"] for row in told["ratings"]] == [4]
    assert [row["text"] for row in told["comments"]] == ["It helped us."]
    delete_account(alice, keep_pledges=keep)
    assert [rating.person for rating in Rating.objects.all()] == [bob]
    left = [(row.author, row.display_name) for row in Comment.objects.all()]
    assert left == ([(None, "")] if keep else [])
