"""Posting, replying, supporting, answering: what is written, and what may not be."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from geo.core.errors import BadParameter, NotFound
from hubs.conversation import actions
from hubs.conversation.answering import actions as answering_actions
from hubs.conversation.answering import safeguarding
from hubs.conversation.errors import OwnPost, PostClosed, TakenUp, ThemeClosed
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.participation import Follow, Support
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Answering, Safeguarding, Veil
from hubs.conversation.models.replies import Reply, Voice
from hubs.conversation.models.themes import Theme
from hubs.conversation.permissions import voices_of

DAY = datetime.timedelta(days=1)


def test_five_themes_come_with_the_project_and_the_same_file_changes_nothing(themes):
    assert list(themes) == ["equipped", "safe", "included", "developed", "empowered"]
    assert all(theme.is_open and theme.name_cy for theme in themes.values())


@pytest.mark.parametrize("field", ["opens", "closes"])
def test_nobody_posts_before_a_theme_opens_or_after_it_closed(themes, post, field):
    today = timezone.localdate()
    Theme.objects.filter(slug="safe").update(
        **{field: today + DAY if field == "opens" else today - DAY}
    )
    themes["safe"].refresh_from_db()
    with pytest.raises(ThemeClosed):
        post(theme="safe")
    assert not Post.objects.exists()
    assert themes["safe"] not in Theme.objects.open()


def test_anonymous_is_in_a_region_at_the_finest(ground, post, alice):
    made = post(
        organisation=ground.hospital,
        signed=Signed.ANONYMOUS,
        display_name="Alice",
        role="Nurse",
        author=alice,
    )
    assert (made.show, made.region, made.organisation) == (Post.Show.REGION, ground.west, None)
    assert (made.location, made.district, made.outcode) == (None, None, "")
    assert (made.author, made.display_name, made.role) == (None, "", "")
    assert Veil.objects.get().person == alice
    assert list(Post.objects.of(alice)) == [made]


@pytest.mark.parametrize("change", [{"role": "Nurse"}, {"display_name": "A"}, {"show": 1}])
def test_the_database_itself_keeps_the_anonymous_so(ground, post, change):
    made = post(region=ground.west, signed=Signed.ANONYMOUS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=made.pk).update(organisation=ground.hospital, **change)


def test_a_form_sent_twice_is_one_post(post):
    key = uuid.uuid4()
    post(form_key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        post(form_key=key)
    assert Post.objects.count() == 1


def test_what_tells_too_much_waits_and_is_shown_once_mended(post, alice):
    made = post("Ring me on 07700 900123 about lockers.", confirmed=False)
    actions.verify_post(made, alice)
    assert made.held_at
    assert not made.public
    actions.reword_post(made, "More lockers, please.")
    assert made.public
    assert made.author == alice


def test_words_stay_once_others_took_part(post, alice, bob):
    made = post(author=alice)
    actions.support(made, bob)
    with pytest.raises(TakenUp):
        actions.reword_post(made, "Something else.")


def test_threads_have_two_levels(post, reply):
    made = post()
    first = reply(made)
    second = reply(made, parent=first)
    third = reply(made, parent=second)
    assert (second.parent, third.parent) == (first, first)
    with pytest.raises(NotFound):
        reply(post(), parent=first)


@pytest.mark.parametrize("mark", ["hidden", "withdrawn"])
def test_nobody_takes_part_in_what_is_not_shown(post, reply, bob, mark):
    made = post(**{mark: True})
    for work in (
        lambda: reply(made),
        lambda: actions.support(made, bob),
        lambda: actions.follow(made, bob),
    ):
        with pytest.raises(NotFound):
            work()


def test_support_is_once_with_undo_and_never_of_ones_own(post, alice, bob):
    made, veiled = post(author=alice), post(author=alice, signed=Signed.ANONYMOUS)
    assert actions.support(made, bob)
    assert not actions.support(made, bob)
    assert actions.unsupport(made, bob)
    assert not actions.unsupport(made, bob)
    for own in (made, veiled):
        with pytest.raises(OwnPost):
            actions.support(own, alice)


def test_who_answers_for_whom(ground, post, stella, walter, nina, olga, alice):
    eastern, nowhere = post(region=ground.east), post()
    voices = {
        person.name: voices_of(person, eastern) for person in (stella, walter, nina, olga, alice)
    }
    assert voices == {
        "Stella": [Voice.HUB],
        "Walter": [],
        "Nina": [Voice.NATIONAL],
        "Olga": [Voice.HUB, Voice.NATIONAL],
        "Alice": [],
    }
    assert voices_of(stella, nowhere) == []
    assert voices_of(olga, nowhere) == [Voice.NATIONAL]


def test_an_official_answer_is_assigned_drafted_and_published(ground, post, stella, alice):
    made = post(region=ground.east, author=alice)
    answering_actions.assign(made, stella, stella)
    answering_actions.save_draft(made, stella, "We buy lockers.", Voice.HUB)
    assert not Reply.objects.exists()
    said = answering_actions.publish_answer(made, stella, "We bought lockers.", Voice.HUB)
    made.refresh_from_db()
    assert (said.official, said.area, said.spoken_by) == (True, ground.east, "The hub of East")
    assert made.answered_at == said.created_at
    assert not Answering.objects.exists()
    assert answering_actions.publish_answer(made, stella, "We bought lockers.", Voice.HUB) == said
    actions.withdraw_reply(said)
    made.refresh_from_db()
    assert made.answered_at is None


def test_nobody_answers_for_another_hub_or_for_the_national_team(ground, post, stella, walter):
    made = post(region=ground.east)
    for person, voice in ((walter, Voice.HUB), (stella, Voice.NATIONAL)):
        with pytest.raises(PermissionDenied):
            answering_actions.publish_answer(made, person, "No.", voice)
    with pytest.raises(PermissionDenied):
        answering_actions.assign(made, stella, walter)


def test_closed_with_a_result_it_takes_no_more_replies(ground, post, reply, stella):
    made = post(region=ground.east)
    answering_actions.close(made, stella, "Lockers in every ward.")
    assert made.closed
    assert made.answered
    with pytest.raises(PostClosed):
        reply(made)
    answering_actions.reopen(made, stella)
    assert (made.closed, made.answered, made.result) == (False, False, "")


def test_merged_supports_follows_and_replies_move_along(
    ground, post, reply, olga, alice, bob, charlie
):
    kept, gone = post(author=alice), post("More lockers please.", author=bob)
    for person in (alice, charlie):
        actions.support(gone, person)
    actions.support(kept, charlie)
    actions.follow(gone, charlie)
    said = reply(gone)
    answering_actions.merge(gone, kept, olga)
    gone.refresh_from_db()
    said.refresh_from_db()
    kept.counts.refresh_from_db()
    assert (gone.public, gone.merged_into, said.post) == (False, kept, kept)
    # Alice does not support her own, and nobody supports twice.
    assert list(Support.objects.values_list("post", "person")) == [(kept.pk, charlie.pk)]
    assert list(Follow.objects.values_list("post", "person")) == [(kept.pk, charlie.pk)]
    assert (kept.counts.supports, kept.counts.follows, kept.counts.replies) == (1, 1, 1)
    with pytest.raises(BadParameter):
        answering_actions.merge(kept, kept, olga)


def test_only_an_operator_is_told_who_is_anonymous_and_that_is_written_down(
    post, reply, stella, olga, alice
):
    made = post(signed=Signed.ANONYMOUS, author=alice)
    said = reply(made, signed=Signed.ANONYMOUS, author=alice)
    ground = Safeguarding.Ground.HARM
    with pytest.raises(PermissionDenied):
        safeguarding.open_safeguarding(made, stella, ground, "I want to know.")
    assert not Safeguarding.objects.exists()
    assert safeguarding.open_safeguarding(made, olga, ground, "A child is at risk.") == alice
    assert safeguarding.open_safeguarding(said, olga, ground, "A child is at risk.") == alice
    assert Safeguarding.objects.filter(opened_by=olga).count() == 2
