"""Telling what became of a pledge: who may, who sees it, and where."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pledges.pledging import actions
from pledges.pledging.commitment import NotDone
from pledges.pledging.models import Pledge
from pledges.stories.actions import change_story, tell_story
from pledges.stories.models import Story

WORDS = {"text": "We sat down together.", "difference": "Nobody waited.", "picture_alt": ""}
LISTS = (
    "/stories/",
    "/stories/?theme=care",
    "/stories/?organisation=RXA",
    "/stories/?area=E07000001",
)


@pytest.fixture
def told(done, alice, part) -> Story:
    return tell_story(part(done, alice), text="We sat down together.", difference="Nobody waited.")


def pages(story: Story) -> list[str]:
    """Every page on which strangers find a public story."""
    return [*LISTS, f"/stories/{story.pk}/", f"/pledges/{story.pledge_id}/", "/organisations/RXA/"]


def seen(client, story: Story, words: str = "We sat down together.") -> list[str]:
    return [path for path in pages(story) if words in client.get(path).content.decode()]


def test_done_then_told(made, sign_in, alice):
    page = sign_in(alice)
    answer = page.post(f"/pledges/{made.pk}/done/", follow=True)
    assert "You did it" in answer.content.decode()
    assert answer.redirect_chain == [(f"/pledges/{made.pk}/story/", 302)]
    answer = page.post(f"/pledges/{made.pk}/story/", WORDS, follow=True)
    assert "Your story is saved." in answer.content.decode()
    story = Story.objects.get()
    assert (story.text, story.difference, story.author) == (WORDS["text"], "Nobody waited.", alice)
    assert seen(page, story) == pages(story)


def test_what_is_not_done_is_not_told(made, sign_in, alice, part):
    answer = sign_in(alice).post(f"/pledges/{made.pk}/story/", WORDS)
    assert answer.url == f"/pledges/{made.pk}/done/"
    with pytest.raises(NotDone):
        tell_story(part(made, alice), text="Not yet.")
    assert not Story.objects.exists()


def test_a_joiner_tells_of_their_own_part(done, joined, sign_in, bob, told, client):
    page = sign_in(bob)
    assert page.get(f"/pledges/{done.pk}/story/").url == f"/pledges/{done.pk}/part-done/"
    page.post(f"/pledges/{done.pk}/part-done/")
    page.post(f"/pledges/{done.pk}/story/", {**WORDS, "text": "I did as she does."})
    own = Story.objects.get(join=joined)
    assert (own.author, own.text) == (bob, "I did as she does.")
    body = client.get(f"/pledges/{done.pk}/").content.decode()
    assert "We sat down together." in body
    assert "I did as she does." in body


def test_a_second_submission_changes_the_one_story(done, alice, part):
    mine = part(done, alice)
    tell_story(mine, text="Once.")
    tell_story(mine, text="Twice.")
    assert [story.text for story in Story.objects.all()] == ["Twice."]


@pytest.mark.parametrize("path", ["/pledges/{pledge}/story/", "/stories/{story}/remove/"])
def test_nobody_else_changes_or_removes_it(path, told, sign_in, charlie, bob, joined, client):
    address = path.format(pledge=told.pledge_id, story=told.pk)
    assert client.post(address, WORDS).url.startswith("/accounts/login/?next=")
    assert sign_in(charlie).get(address).status_code == 404
    assert sign_in(charlie).post(address, {**WORDS, "text": "Changed by him."}).status_code == 404
    # Bob has joined: he has a part of his own, and none in hers.
    sign_in(bob).post(address, {**WORDS, "text": "Changed by him."})
    assert Story.objects.get().text == "We sat down together."


def test_its_author_changes_and_removes_it(told, sign_in, alice):
    page = sign_in(alice)
    assert "We sat down" in page.get(f"/pledges/{told.pledge_id}/story/").content.decode()
    page.post(f"/pledges/{told.pledge_id}/story/", {**WORDS, "text": "We stood up."})
    assert Story.objects.get().text == "We stood up."
    page.get(f"/stories/{told.pk}/remove/")
    assert Story.objects.exists()
    page.post(f"/stories/{told.pk}/remove/")
    assert not Story.objects.exists()


@pytest.mark.parametrize("mark", ["hidden_at", "held_at"])
def test_a_story_hidden_or_held_is_nowhere(mark, told, client, sign_in, alice, charlie):
    assert seen(client, told) == pages(told)
    Story.objects.filter(pk=told.pk).update(**{mark: timezone.now()})
    for page in (client, sign_in(charlie)):
        assert seen(page, told) == []
        assert page.get(f"/stories/{told.pk}/").status_code == 404
    assert "moderator" in sign_in(alice).get(f"/stories/{told.pk}/").content.decode()


@pytest.mark.parametrize("mark", ["hidden_at", "withdrawn_at"])
def test_nor_is_that_of_a_pledge_out_of_view(mark, told, client):
    Pledge.objects.filter(pk=told.pledge_id).update(**{mark: timezone.now()})
    assert seen(client, told) == []
    assert client.get(f"/stories/{told.pk}/").status_code == 404


def test_what_tells_too_much_is_held(told, client):
    change_story(told, text="Ring me on 07700 900123.")
    assert Story.objects.get().held_at
    assert seen(client, told, "Ring me") == []
    change_story(told, text="We sat down together.")
    assert seen(client, told) == pages(told)


def test_the_filters_of_the_list(told, pledge, ground, alice, part, client):
    other = actions.mark_done(
        pledge("I will learn.", author=alice, theme="staff", organisation=ground.clinic)
    )
    tell_story(part(other, alice), text="We learnt.")
    for query, words in (
        ("theme=care", "We sat down"),
        ("organisation=RXA", "We sat down"),
        ("area=Y58", "We sat down"),
        ("area=E07000001", "We sat down"),
        ("theme=staff", "We learnt"),
        ("organisation=RXB", "We learnt"),
        ("area=Y59", "We learnt"),
    ):
        body = client.get(f"/stories/?{query}").content.decode()
        assert [w for w in ("We sat down", "We learnt") if w in body] == [words], query
    both = client.get("/stories/?area=E92000001").content.decode()
    assert both.index("We learnt") < both.index("We sat down")
    assert client.get("/stories/?status=done").status_code == 400


def test_pages_of_the_list_leave_nothing_out(pledge, alice, part, client):
    for number in range(45):
        made = actions.mark_done(pledge(f"I will do {number}.", author=alice))
        tell_story(part(made, alice), text=f"Told as {number:03}.")
    found, path = [], "/stories/"
    for _page in range(3):
        answer = client.get(path)
        found += [story.text for story in answer.context["stories"]]
        path = f"/stories/?{answer.context['shown'].next}"
    assert found == [f"Told as {number:03}." for number in reversed(range(45))]
    assert not answer.context["shown"].next
    back = client.get(f"/stories/?{answer.context['shown'].previous}")
    assert [story.text for story in back.context["stories"]] == found[20:40]
    first = client.get(f"/stories/?{back.context['shown'].previous}")
    assert [story.text for story in first.context["stories"]] == found[:20]
    assert not first.context["shown"].previous


def test_a_picture_with_words_for_those_who_cannot_see(done, sign_in, alice, photo, client):
    page, address = sign_in(alice), f"/pledges/{done.pk}/story/"
    answer = page.post(address, {**WORDS, "picture": photo()})
    assert answer.status_code == 400
    assert "Say what is to be seen" in answer.content.decode()
    page.post(address, {**WORDS, "picture": photo(), "picture_alt": "Two people on a bench"})
    story = Story.objects.get()
    body = client.get("/stories/").content.decode()
    assert f'src="/stories/{story.pk}/picture/"' in body
    assert 'alt="Two people on a bench"' in body
    answer = client.get(f"/stories/{story.pk}/picture/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    page.post(address, {**WORDS, "picture_alt": "Two people", "without_picture": "on"})
    assert Story.objects.get().picture is None
    assert client.get(f"/stories/{story.pk}/picture/").status_code == 404


def test_the_picture_of_a_hidden_story_is_its_authors_alone(
    done, sign_in, alice, charlie, photo, client
):
    page = sign_in(alice)
    words = {**WORDS, "picture": photo(), "picture_alt": "Two people"}
    page.post(f"/pledges/{done.pk}/story/", words)
    story = Story.objects.get()
    Story.objects.update(hidden_at=timezone.now())
    address = f"/stories/{story.pk}/picture/"
    assert page.get(address).status_code == 200
    assert client.get(address).status_code == sign_in(charlie).get(address).status_code == 404


def test_what_is_no_picture_is_refused_and_nothing_typed_is_lost(done, sign_in, alice):
    file = SimpleUploadedFile("photo.jpg", b"<svg onload=alert(7)>", "image/jpeg")
    answer = sign_in(alice).post(
        f"/pledges/{done.pk}/story/", {**WORDS, "picture": file, "picture_alt": "x"}
    )
    assert answer.status_code == 400
    assert "We sat down together." in answer.content.decode()
    assert not Story.objects.exists()


def test_hostile_words_stay_words(done, alice, part, client):
    evil = "<script>alert(7)</script> {{ settings.SECRET_KEY }}"
    story = tell_story(part(done, alice), text=evil, difference=evil)
    for path in pages(story):
        body = client.get(path).content.decode()
        assert "<script>alert(7)" not in body, path
        assert "&lt;script&gt;alert(7)&lt;/script&gt; {{ settings.SECRET_KEY }}" in body, path


def test_when_the_author_withdraws_a_joiner_keeps_the_story(done, joined, bob, part, client):
    actions.mark_part_done(done, bob)
    tell_story(part(done, bob), text="I did as she does.")
    actions.withdraw(done)
    story = Story.objects.get()
    assert (story.pledge.author, story.pledge.copied_from, story.join) == (bob, done, None)
    assert "I did as she does." in client.get("/stories/").content.decode()
