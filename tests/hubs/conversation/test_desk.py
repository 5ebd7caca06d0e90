"""Those who answer: their queue, the desk of one post, and safeguarding reports."""

import re

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from hubs.conversation import actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Answering, Safeguarding
from hubs.conversation.models.replies import Reply, Voice

QUEUE = "/talk/queue/"


def listed(page) -> list[str]:
    return re.findall(r'href="/talk/queue/\d+/">([^<]+)<', page.content.decode())


@pytest.fixture
def waiting(ground, post, counted, bob, alice):
    """Two posts in the East, the younger one supported, one in the West, and one nowhere."""
    old = post("Old.", region=ground.east, created_at=timezone.now() - timezone.timedelta(days=9))
    new = post("New.", region=ground.east, theme="safe", author=alice)
    post("Western.", region=ground.west)
    post("Nowhere.")
    actions.support(new, bob)
    counted()
    return old, new


@pytest.mark.parametrize(
    ("who", "query", "expected"),
    [
        ("stella", "", ["New.", "Old."]),
        ("stella", "sort=age", ["Old.", "New."]),
        ("stella", "theme=safe", ["New."]),
        ("stella", "sort=mine", []),
        ("nina", "", ["New.", "Western.", "Old."]),
        ("nina", "area=Y58", ["Western."]),
        ("olga", "", ["New.", "Nowhere.", "Western.", "Old."]),
    ],
)
def test_the_queue_holds_what_one_may_answer(request, waiting, seat, who, query, expected):
    person = request.getfixturevalue(who)
    assert listed(seat(person).get(f"{QUEUE}?{query}")) == expected


def test_the_queue_is_for_those_who_answer(waiting, seat, stella, alice):
    assert seat(alice).get(QUEUE).status_code == 403
    assert seat().get(QUEUE).status_code == 302
    assert seat(stella).get(f"{QUEUE}?area=Y58").status_code == 400


def test_a_post_goes_from_desk_to_draft_to_answer_and_its_author_hears(
    waiting, seat, stella, walter, alice, deliver
):
    _old, new = waiting
    desk, address = seat(stella), f"{QUEUE}{new.pk}/"
    assert seat(walter).get(address).status_code == 403
    desk.post(address, {"act": "assign", "to": stella.pk})
    assert listed(desk.get(f"{QUEUE}?sort=mine")) == ["New."]
    words = {"text": "There will be lockers.", "voice": Voice.HUB}
    desk.post(address, {"act": "draft", **words})
    assert "There will be lockers." in desk.get(address).content.decode()
    assert "There will be lockers." not in seat().get(f"/talk/posts/{new.pk}/").content.decode()
    assert deliver() == []
    desk.post(address, {"act": "publish", **words})
    page = seat().get(f"/talk/posts/{new.pk}/").content.decode()
    assert "There will be lockers." in page
    assert "The hub of East" in page
    assert "Stella" not in page
    (mail,) = deliver()
    assert mail.message["To"] == alice.email
    assert "The hub of East" in mail.text
    assert "lockers" not in mail.text
    assert not Answering.objects.exists()


def test_closing_and_opening_again(waiting, seat, stella):
    old, _new = waiting
    desk, address = seat(stella), f"{QUEUE}{old.pk}/"
    assert desk.post(address, {"act": "close", "result": " "}).status_code == 400
    desk.post(address, {"act": "close", "result": "Done in March."})
    assert "Done in March." in seat().get(f"/talk/posts/{old.pk}/").content.decode()
    desk.post(address, {"act": "reopen"})
    old.refresh_from_db()
    assert not old.closed


def test_duplicates_are_joined_by_address_or_number(waiting, seat, stella, deliver):
    old, new = waiting
    desk = seat(stella)
    for wrong in ("nothing", "999999", str(old.pk)):
        answer = desk.post(f"{QUEUE}{old.pk}/", {"act": "merge", "into": wrong})
        assert answer.status_code == 400
    desk.post(f"{QUEUE}{new.pk}/", {"act": "merge", "into": f"https://x.org/talk/posts/{old.pk}/"})
    new.refresh_from_db()
    assert new.merged_into == old
    (mail,) = deliver()
    assert f"/talk/posts/{old.pk}/" in mail.text


def test_what_was_sent_twice_is_one_answer(waiting, seat, stella):
    old, _new = waiting
    desk = seat(stella)
    for _each in range(2):
        desk.post(f"{QUEUE}{old.pk}/", {"act": "publish", "text": "Yes.", "voice": Voice.HUB})
    assert Reply.objects.official().count() == 1


def test_only_an_operator_opens_a_safeguarding_report_and_the_trail_says_so(
    ground, post, seat, olga, stella, alice
):
    made = post(region=ground.east, signed=Signed.ANONYMOUS, author=alice)
    address = f"/talk/posts/{made.pk}/author/"
    assert seat(stella).get(address).status_code == 403
    operator = seat(olga)
    assert alice.email not in operator.get(address).content.decode()
    assert operator.post(address, {"ground": "harm"}).status_code == 400
    assert not Safeguarding.objects.exists()
    answer = operator.post(address, {"ground": "harm", "words": "A child is at risk."})
    assert alice.email in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert alice.email not in operator.get(address).content.decode()
    report = Safeguarding.objects.get()
    assert (report.opened_by, report.post, report.words) == (olga, made, "A child is at risk.")
    entry = LogEntry.objects.filter(additional_data__what="author disclosed").get()
    assert (entry.actor, entry.object_repr) == (olga, f"post {made.pk}")


def test_named_posts_have_no_author_to_disclose(post, seat, olga, alice):
    made = post(author=alice)
    assert seat(olga).get(f"/talk/posts/{made.pk}/author/").status_code == 404
    assert Post.objects.get().author == alice
