"""What is held before anybody sees it, and how it gets into view."""

import pytest

from pledges.moderation.models import Case
from pledges.pledging import actions
from pledges.pledging.models import Join, Pledge
from tests.pledges.moderation.conftest import PHONE, decide

CLEAN = "I will listen to people on the telephone."
LINKS = "See https://a.example.org and https://b.example.org for more."


@pytest.fixture
def write(ground):
    def written(text: str, author, **more) -> Pledge:
        made = actions.make_pledge(
            text=text, theme=ground.themes["care"], show=Pledge.Show.NONE, confirmed=False, **more
        )
        return actions.verify(made, author)

    return written


def test_a_telephone_number_waits(held, alice, ground):
    assert held.held_at
    assert not held.public
    case = Case.objects.get()
    assert (case.why, case.author, case.original) == (Case.Why.CONTACT, alice, PHONE)
    assert case.region == ground.east


def test_a_clean_one_does_not(write, alice):
    assert write(CLEAN, alice).public
    assert not Case.objects.exists()


@pytest.mark.parametrize("field", ["display_name", "team"])
def test_names_are_looked_at_too(write, alice, field):
    assert not write(CLEAN, alice, **{field: "07700 900123"}).public


def test_mended_by_its_author_it_is_shown(held):
    actions.correct(held, CLEAN)
    held.refresh_from_db()
    assert held.public
    assert Case.objects.get().outcome == Case.Outcome.MENDED


def test_let_through_by_a_moderator_it_is_shown(held, stella):
    decide(Case.objects.get(), stella, Case.Outcome.KEPT)
    held.refresh_from_db()
    assert held.public
    assert held.text == PHONE


def test_one_in_view_leaves_it_when_a_number_is_put_in(eastern, bob, count_up, client):
    actions.join(eastern, bob)
    count_up()
    actions.correct(eastern, PHONE)
    count_up()
    assert not eastern.public
    assert client.get("/map/summary.json").json()["total"] == 0
    actions.correct(eastern, CLEAN)
    count_up()
    assert eastern.public
    assert client.get("/map/summary.json").json()["total"] == 1
    assert Join.objects.get().text == "I will listen."


def test_what_a_moderator_hid_is_not_shown_by_wording_it_anew(held, stella):
    decide(Case.objects.get(), stella, Case.Outcome.HIDDEN)
    held.refresh_from_db()
    actions.correct(held, CLEAN)
    assert not held.public
    case = Case.objects.get()
    assert (case.outcome, case.original) == (Case.Outcome.HIDDEN, PHONE)


def test_a_first_pledge_full_of_links_waits_and_a_later_one_does_not(write, alice):
    first = write(LINKS, alice)
    assert Case.objects.get().why == Case.Why.LINKS
    assert not first.public
    actions.correct(first, CLEAN)
    assert first.public
    assert write(LINKS, alice).public


def test_approved_by_a_colleague_it_still_waits(ground, alice, write):
    ground.hospital.email_domains = ["example.org"]
    ground.hospital.save()
    made = write(PHONE, alice, who=Pledge.Who.ORGANISATION, organisation=ground.hospital)
    assert made.approved_at
    assert not made.public
    actions.correct(made, CLEAN)
    assert made.public


def test_the_author_is_told_and_can_mend_it(held, seat, alice):
    mine = seat(alice).get("/mine/")
    assert b"Waits for a moderator" in mine.content
    page = seat(alice).get(f"/mine/decisions/{Case.objects.get().pk}/").content.decode()
    assert "It seems to hold a telephone number" in page
    assert f"/pledges/{held.pk}/correct/" in page


def test_words_are_checked_while_they_are_typed(client, db):
    answer = client.post("/words/check.json", {"text": "07700 900123 or 943 476 5919"}).json()
    assert [one["what"] for one in answer["found"]] == ["nhs", "telephone"]
    assert answer["words"] == "an NHS number and a telephone number"
    assert client.post("/words/check.json", {"text": CLEAN}).json() == {"found": [], "words": ""}


def test_the_form_says_so_once_before_it_is_sent(client, ground):
    """Without scripts, too: the second time it is taken as it is, and waits."""
    form = {
        "text": PHONE,
        "theme": "care",
        "i_am": "1",
        "who": "1",
        "show": "4",
        "email": "dora@example.org",
    }
    look_again = client.post("/pledges/new/", form).content.decode()
    assert "It seems to hold a telephone number." in look_again
    assert PHONE in look_again
    assert not Pledge.objects.exists()
    client.post("/pledges/new/", {**form, "reviewed": "1"})
    assert Pledge.objects.get().text == PHONE


def test_confirmed_its_author_is_told_that_it_waits(client, held, alice):
    session = client.session
    session["confirmed"] = ("pledge", held.pk)
    session.save()
    page = client.get("/confirm/done/").content.decode()
    assert "It waits for a moderator, because it seems to hold a telephone number" in page
    assert f"/accounts/login/?next=/pledges/{held.pk}/correct/" in page
