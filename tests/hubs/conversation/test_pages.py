"""The pages of the conversation: read, searched, posted, replied to, taken part in."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from hubs.conversation import actions
from hubs.conversation.answering import actions as answering_actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.participation import Support
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Theme
from pledges.feed.models import Word

NEW = "/talk/new/"


def given(**other) -> dict[str, object]:
    form = {
        "text": "More lockers on each ward, please.",
        "kind": Post.Kind.IDEA,
        "theme": "equipped",
        "signed": Signed.NAME,
        "show": Post.Show.NONE,
        "form_key": str(uuid.uuid4()),
        "reviewed": "1",
    }
    return {**form, **other}


def texts(page) -> list[str]:
    return re.findall(
        r'class="pledge-item__text" dir="auto">(?:<a [^>]*>)?([^<]+)<', page.content.decode()
    )


def test_the_themes_stand_with_how_they_go(client, ground, post, reply, counted):
    reply(post(region=ground.east))
    post(theme="safe")
    counted()
    page = client.get("/talk/").content.decode()
    assert "Equipped to do the job" in page
    assert "2 posts · 1 reply" in page
    theme = client.get("/talk/themes/equipped/").content.decode()
    assert 'href="/talk/posts/?theme=equipped&amp;area=Y59">East</a>' in theme


def test_a_theme_that_is_to_come_is_not_there_and_one_that_ended_can_be_read(client, themes):
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Theme.objects.filter(slug="safe").update(opens=tomorrow)
    Theme.objects.filter(slug="included").update(closes=yesterday)
    assert client.get("/talk/themes/safe/").status_code == 404
    page = client.get("/talk/themes/included/")
    assert "it can still be read" in page.content.decode()
    assert reverse("talk-new") not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Third", "Second", "First"]),
        ("sort=supported", ["Second", "Third", "First"]),
        ("sort=discussed", ["First", "Third", "Second"]),
        ("sort=unanswered", ["Third", "First"]),
        ("theme=safe", ["Third"]),
        ("kind=question", ["First"]),
        ("area=Y59", ["Second", "First"]),
        ("area=E07000002", ["First"]),
        ("organisation=RXB", ["First"]),
        ("answered=yes", ["Second"]),
        ("q=first", ["First"]),
        ("q=thirdd", ["Third"]),
        ("kind=question&area=Y59&sort=supported", ["First"]),
        ("since=2014-03-03", ["Third", "Second", "First"]),
    ],
)
def test_the_feed_is_sorted_and_filtered(
    client, ground, post, reply, counted, bob, query, expected
):
    first = post("First", kind="question", organisation=ground.clinic)
    second = post("Second", region=ground.east)
    post("Third", theme="safe", organisation=ground.hospital)
    actions.support(second, bob)
    reply(first)
    Post.objects.filter(pk=second.pk).update(answered_at=timezone.now())
    Word.objects.create(word="third", uses=1)
    counted()
    assert texts(client.get(f"/talk/posts/?{query}")) == expected


def test_pages_of_every_order_go_on_where_they_stopped(client, post, counted):
    for number in range(23):
        post(f"Number {number}.")
    counted()
    for sort in ("newest", "supported", "discussed"):
        first = client.get("/talk/posts/", {"sort": sort})
        more = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1]
        second = client.get(more.replace("&amp;", "&"))
        assert len({*texts(first), *texts(second)}) == 23


def test_near_me_is_posted_and_lists_the_nearest_first(client, ground, post, counted):
    post("Far.", organisation=ground.hospital)
    post("Near.", outcode="SO14")
    post("Nowhere.")
    counted()
    page = client.post("/talk/posts/?sort=nearest", {"place": "SO14 1AA"})
    assert texts(page) == ["Near.", "Far."]


def test_somebody_signed_in_posts_at_once_and_once(client, themes, alice):
    client.force_login(alice)
    form = given(display_name="Alice", role="Nurse", works_in_care="on", reviewed="")
    answer = client.post(NEW, form)
    made = Post.objects.get()
    assert answer.headers["Location"] == f"/talk/posts/{made.pk}/"
    assert client.post(NEW, form).headers["Location"] == f"/talk/posts/{made.pk}/"
    page = client.get(f"/talk/posts/{made.pk}/").content.decode()
    assert "<bdi>Alice, Nurse</bdi>" in page
    assert "says they work in health or care" in page


def test_a_stranger_posts_and_confirms_by_mail(client, themes, deliver):
    answer = client.post(NEW, given(email="dana@example.org"))
    assert answer.headers["Location"] == "/confirm/"
    (mail,) = deliver()
    made = Post.objects.get()
    assert not made.public
    assert "lockers" not in mail.text
    assert "lockers" in client.get(mail.link).content.decode()
    assert client.post(mail.link).headers["Location"] == f"/talk/posts/{made.pk}/"
    made.refresh_from_db()
    assert made.public
    assert made.author.email == "dana@example.org"


def test_similar_posts_are_shown_before_another_is_written(client, post, alice):
    there = post("We need more lockers on each ward.")
    client.force_login(alice)
    form = given(text="More lockers on each ward, please.", reviewed="")
    page = client.post(NEW, form).content.decode()
    assert f"/talk/posts/{there.pk}/support/" in page
    assert Post.objects.count() == 1
    found = client.post("/talk/similar.json", {"text": form["text"], "theme": "equipped"}).json()
    assert [one["id"] for one in found] == [there.pk]
    client.post(NEW, {**form, "reviewed": "1"})
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": "x"}, "Write a little more"),
        ({"text": "\u202e \u0301\u0301 \n \x07"}, "Write"),
        ({"text": "a" * 1001}, "Use 1000 characters at most"),
        ({"theme": "nothing"}, "not open for posts"),
        ({"kind": "9"}, "Select a valid choice"),
        ({"show": Post.Show.OUTCODE}, "Enter your postcode"),
        ({"show": Post.Show.ORGANISATION}, "Enter the organisation"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, themes, alice, wrong, says):
    client.force_login(alice)
    answer = client.post(NEW, given(**wrong))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Post.objects.exists()


def test_anonymous_needs_no_place_and_takes_the_region_of_what_was_said(
    client, ground, themes, alice
):
    client.force_login(alice)
    anonymous = {"signed": Signed.ANONYMOUS, "display_name": "Alice", "role": "Nurse"}
    client.post(NEW, given(**anonymous, show=Post.Show.OUTCODE, postcode="SO14 1AA"))
    client.post(NEW, given(**anonymous, show=Post.Show.ORGANISATION, text="Another thing."))
    there, nowhere = Post.objects.order_by("pk")
    assert (there.show, there.region, nowhere.show) == (3, ground.east, 4)
    page = client.get(f"/talk/posts/{there.pk}/").content.decode()
    assert "<bdi>Anonymous</bdi>, East" in page
    assert "Alice" not in page


def test_a_flood_of_one_person_is_stopped_with_a_clear_answer(client, themes, alice):
    client.force_login(alice)
    answers = [client.post(NEW, given(text=f"Thought number {n}.")) for n in range(21)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert "too often" in answers[-1].content.decode()


def test_a_thread_is_written_and_each_reply_has_a_lasting_address(client, post, alice, bob):
    made = post(author=alice)
    client.force_login(bob)
    form = {"text": "Yes, please.", "signed": Signed.NAME, "form_key": str(uuid.uuid4())}
    answer = client.post(f"/talk/posts/{made.pk}/reply/", form)
    first = Reply.objects.get()
    assert answer.headers["Location"] == f"/talk/replies/{first.pk}/"
    assert client.get(f"/talk/replies/{first.pk}/").headers["Location"] == (
        f"/talk/posts/{made.pk}/#reply-{first.pk}"
    )
    again = {**form, "form_key": str(uuid.uuid4()), "text": "And larger.", "parent": first.pk}
    client.post(f"/talk/posts/{made.pk}/reply/", again)
    assert Reply.objects.last().parent == first
    page = client.get(f"/talk/posts/{made.pk}/").content.decode()
    assert page.index("Yes, please.") < page.index("And larger.")
    actions.withdraw_reply(first)
    page = client.get(f"/talk/posts/{made.pk}/").content.decode()
    assert "Yes, please." not in page
    assert "This reply is no longer shown." in page
    assert "And larger." in page


def test_support_and_follow_with_undo(client, post, bob):
    made = post()
    client.force_login(bob)
    for verb, column, after in (
        ("support", "supports", 1),
        ("unsupport", "supports", 0),
        ("follow", "follows", 1),
        ("unfollow", "follows", 0),
    ):
        answer = client.post(f"/talk/posts/{made.pk}/{verb}/")
        assert answer.headers["Location"] == f"/talk/posts/{made.pk}/"
        assert PostCounts.objects.values_list(column, flat=True).get() == after


def test_a_stranger_supports_by_mail(client, post, deliver):
    made = post()
    client.post(f"/talk/posts/{made.pk}/support/", {"email": "dana@example.org"})
    (mail,) = deliver()
    assert not Support.objects.exists()
    client.post(mail.link)
    assert Support.objects.get().post == made


def test_only_its_author_withdraws_or_rewords(client, post, alice, bob):
    made = post(author=alice)
    for path in ("withdraw", "reword"):
        client.force_login(bob)
        assert client.post(f"/talk/posts/{made.pk}/{path}/", {"text": "x" * 9}).status_code == 403
    client.force_login(alice)
    client.post(f"/talk/posts/{made.pk}/reword/", {"text": "Bigger lockers."})
    made.refresh_from_db()
    assert made.text == "Bigger lockers."
    client.post(f"/talk/posts/{made.pk}/withdraw/")
    assert client.get(f"/talk/posts/{made.pk}/").status_code == 404
    assert "Bigger lockers." in client.get("/talk/mine/").content.decode()


def test_a_duplicate_leads_to_the_post_it_was_joined_with(client, post, olga):
    gone, kept = post(), post("More lockers!")
    answering_actions.merge(gone, kept, olga)
    assert client.get(f"/talk/posts/{gone.pk}/").headers["Location"] == f"/talk/posts/{kept.pk}/"


def test_a_pledge_is_linked_and_both_pages_show_the_other(client, ground, post, pledge, alice, bob):
    made = post()
    deed, others = pledge(author=alice), pledge("Not hers.", author=bob)
    client.force_login(alice)
    assert client.post(f"/talk/posts/{made.pk}/pledge/", {"pledge": others.pk}).status_code == 400
    client.post(f"/talk/posts/{made.pk}/pledge/", {"pledge": deed.pk})
    assert f"/pledges/{deed.pk}/" in client.get(f"/talk/posts/{made.pk}/").content.decode()
    assert f"/talk/posts/{made.pk}/" in client.get(f"/pledges/{deed.pk}/").content.decode()
    client.post(f"/talk/posts/{made.pk}/pledge/", {"pledge": deed.pk, "undo": "1"})
    assert f"/talk/posts/{made.pk}/" not in client.get(f"/pledges/{deed.pk}/").content.decode()


def test_the_form_begins_with_what_somebody_said_of_themselves_last(seat, alice, post):
    for number, role in enumerate(("Student", "Nurse")):
        made = post(author=alice, signed=Signed.ROLE, role=role)
        begun = timezone.now() + timezone.timedelta(minutes=number)
        Post.objects.filter(pk=made.pk).update(created_at=begun)
    page = seat(alice).get(NEW).content.decode()
    assert 'value="Nurse"' in page
    assert 'value="Student"' not in page
