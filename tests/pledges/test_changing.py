"""What authors do with their pledges later, and what becomes of those who joined."""

import pytest

from pledges.pledging import actions
from pledges.pledging.models import Join, Pledge, PledgeCounts

VERBS = ("done", "not-done", "withdraw", "correct")


@pytest.fixture
def made(pledge, alice):
    return pledge("I will smile.", author=alice, display_name="Alice", outcode="SO14")


def test_i_did_it_and_did_not(made, client, alice):
    client.force_login(alice)
    page = f"/pledges/{made.pk}/"
    client.get(f"{page}done/")
    made.refresh_from_db()
    assert not made.done
    assert client.post(f"{page}done/").url == f"{page}story/"
    made.refresh_from_db()
    assert made.done
    client.post(f"{page}not-done/")
    made.refresh_from_db()
    assert not made.done


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_author_may(made, client, bob, verb):
    address = f"/pledges/{made.pk}/{verb}/"
    given = {"text": "I will do evil."}
    assert client.post(address, given).status_code == 403
    client.force_login(bob)
    assert client.get(address).status_code == 403
    assert client.post(address, given).status_code == 403
    was = made.text
    made.refresh_from_db()
    assert (made.text, made.done, made.public) == (was, False, True)


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_learns_that_there_is_one_that_is_not_public(pledge, client, bob, verb):
    waiting = pledge(confirmed=False)
    client.force_login(bob)
    assert client.post(f"/pledges/{waiting.pk}/{verb}/").status_code == 404


def test_a_correction_before_anybody_joined_is_none(made, client, alice):
    client.force_login(alice)
    client.post(f"/pledges/{made.pk}/correct/", {"text": "I will  smile first."})
    made.refresh_from_db()
    assert (made.text, made.corrected_at) == ("I will smile first.", None)


def test_a_correction_after_that_shows_and_leaves_what_was_joined(made, client, alice, bob):
    actions.join(made, bob)
    client.force_login(alice)
    assert "Others have joined" in client.get(f"/pledges/{made.pk}/correct/").content.decode()
    client.post(f"/pledges/{made.pk}/correct/", {"text": "I will do something else."})
    made.refresh_from_db()
    assert made.corrected_at
    assert "Corrected on" in client.get(f"/pledges/{made.pk}/").content.decode()
    assert Join.objects.get().text == "I will smile."


def test_saving_the_same_words_corrects_nothing(made, bob):
    actions.join(made, bob)
    assert actions.correct(made, "I will smile.").corrected_at is None


def test_joiners_of_a_withdrawn_pledge_keep_their_own_copy(made, client, alice, bob, charlie):
    actions.join(made, bob)
    actions.correct(made, "I will do something else.")
    actions.join(made, charlie)
    actions.mark_part_done(made, charlie)
    client.force_login(alice)
    assert client.post(f"/pledges/{made.pk}/withdraw/").url == "/mine/"
    assert client.get(f"/pledges/{made.pk}/").status_code == 404
    bobs, charlies = Pledge.objects.public().order_by("author__email")
    assert (bobs.author, bobs.text, bobs.display_name) == (bob, "I will smile.", "")
    assert (charlies.author, charlies.text) == (charlie, "I will do something else.")
    assert (bobs.done, charlies.done) == (False, True)
    assert bobs.copied_from == made
    assert (bobs.outcode, bobs.region) == ("SO14", made.region)
    assert not Join.objects.exists()
    assert PledgeCounts.objects.get(pledge=made).joins == 0


def test_withdrawing_twice_makes_no_second_copy(made, bob):
    actions.join(made, bob)
    actions.withdraw(made)
    actions.withdraw(made)
    assert Pledge.objects.public().count() == 1
