"""The form of a new pledge: what it makes, what it refuses, and that nothing typed is lost."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from pledges.accounts import rate_limits
from pledges.accounts.models import Confirmation
from pledges.pledging.models import Pledge
from tests.factories import make_organisation
from tests.pledges.writing import EMAIL, TEXT, answered, filled

NEW = "/pledges/new/"


@pytest.fixture
def strict() -> Client:
    """A browser without a token, as it is when its cookie has lapsed."""
    return Client(enforce_csrf_checks=True)


def test_a_stranger_makes_a_pledge_and_nobody_sees_it_until_the_mail_is_answered(ground, client):
    answer = client.post(NEW, filled())
    assert (answer.status_code, answer.url) == (302, "/confirm/")
    made = Pledge.objects.get()
    assert not made.public
    assert client.get(f"/pledges/{made.pk}/").status_code == 404
    dora = answered()
    made.refresh_from_db()
    assert made.public
    assert (made.author, dora.email) == (dora, EMAIL)
    assert (made.outcode, made.show, made.display_name) == ("SO14", Pledge.Show.OUTCODE, "Dora")
    assert TEXT in client.get(f"/pledges/{made.pk}/").content.decode()


def test_what_was_typed_as_a_place_is_kept_nowhere(ground, client):
    client.post(NEW, filled())
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(p)::text from pledges_pledge p")
        kept = cursor.fetchone()[0]
    assert "SO140AA" not in kept
    assert "0AA" not in kept


def test_somebody_signed_in_needs_no_mail(ground, client, alice):
    client.force_login(alice)
    answer = client.post(NEW, filled(email=None))
    made = Pledge.objects.get()
    assert answer.url == f"/pledges/{made.pk}/"
    assert made.public
    assert made.author == alice
    assert not Confirmation.objects.exists()


def test_the_answer_is_alike_whether_or_not_the_address_is_known(ground, client, alice):
    known = client.post(NEW, filled(email="alice@example.org"))
    other = Client().post(NEW, filled(form_key=str(uuid.uuid4())))
    assert (known.status_code, known.url) == (other.status_code, other.url)


def test_sent_twice_it_is_one_pledge_with_one_mail(ground, client):
    for _each in range(2):
        assert client.post(NEW, filled()).url == "/confirm/"
    assert Pledge.objects.count() == 1
    assert Confirmation.objects.count() == 1


def test_gone_back_and_written_anew_it_is_another(ground, client):
    client.post(NEW, filled())
    client.post(NEW, filled(text="I will learn sign language."))
    assert Pledge.objects.count() == 2


def test_sent_eight_times_at_once_it_is_one_pledge(committed, ground):
    def send(_number: int) -> int:
        try:
            return Client().post(NEW, filled()).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(8))) == {302}
    assert Pledge.objects.count() == 1
    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": ""}, "Write what you will do"),
        ({"text": "x" * 501}, "Use 500 characters at most"),
        ({"text": "NUL \x00 in it, and more"}, "Null characters are not allowed"),
        ({"theme": "nonsense"}, "not one of the available choices"),
        ({"i_am": None}, "Choose who you are"),
        ({"show": "9"}, "not one of the available choices"),
        ({"show": None}, "Choose where others may see it"),
        ({"postcode": "ZZ99 9ZZ"}, "We do not know this postcode"),
        ({"postcode": ""}, "Enter your postcode, or its first half"),
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"email": ""}, "Enter your e-mail address"),
        ({"due": "2001-01-01"}, "Choose a day from today"),
        ({"due": "soon"}, "Enter a day"),
        ({"who": 2}, "Enter the organisation"),
        ({"who": 2, "organisation": "RXA"}, "Enter the name of the team"),
        ({"show": 1}, "Enter the organisation where others may see it"),
        ({"show": 1, "organisation": "Cottage Society"}, "This organisation is not on the map"),
        ({"organisation": "Nobody knows this"}, "We do not know this organisation"),
    ],
)
def test_what_cannot_be_is_told_and_everything_typed_stays(ground, client, change, told):
    given = filled(display_name="Dora & <b>friends</b>", **change)
    answer = client.post(NEW, given)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert told in page
    assert not Pledge.objects.exists()
    form = answer.context["form"]
    assert {name: form.data[name] for name in given} == {k: str(v) for k, v in given.items()}
    assert "Dora &amp; &lt;b&gt;friends&lt;/b&gt;" in page


def test_several_organisations_are_a_choice_to_make(ground, client):
    make_organisation("RXC", "Alderham Hospice", (-3.1, 51.4), ground.alderham)
    given = filled(organisation="alderham hosp", show=1)
    answer = client.post(NEW, given)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Choose which organisation you mean" in page
    assert 'value="RXA"' in page
    assert 'value="RXC"' in page
    assert client.post(NEW, {**given, "chosen": "RXC"}).status_code == 302
    assert Pledge.objects.get().organisation.code == "RXC"


def test_a_choice_counts_only_for_the_words_it_was_made_for(ground, client):
    client.post(NEW, filled(organisation="Birchester Clinic", chosen="RXA", show=1))
    assert Pledge.objects.get().organisation == ground.clinic


def test_an_organisation_is_known_by_a_part_of_its_name_or_by_its_code(ground, client):
    for words in ("alderham hosp", "rxa", "Alderham Hospital"):
        client.post(NEW, filled(organisation=words, show=1, form_key=str(uuid.uuid4())))
    names = Pledge.objects.values_list("organisation__name", flat=True)
    assert list(names) == ["Alderham Hospital"] * 3


def test_a_lapsed_token_costs_nothing_that_was_typed(ground, strict):
    answer = strict.post(NEW, filled())
    assert answer.status_code == 403
    page = answer.content.decode()
    assert TEXT in page
    assert "SO14 0AA" in page
    assert "Nothing is lost" in page
    token = strict.cookies["csrftoken"].value
    again = strict.post(NEW, {**filled(), "csrfmiddlewaretoken": token})
    assert again.status_code == 302
    assert Pledge.objects.count() == 1


def test_too_many_from_one_address_are_refused_and_nothing_is_lost(ground, client, monkeypatch):
    few = rate_limits.Limit("mails-to-address", 1, 3600)
    monkeypatch.setattr(rate_limits, "MAILS_TO_ADDRESS", few)
    client.post(NEW, filled())
    answer = client.post(NEW, filled(form_key=str(uuid.uuid4())))
    assert answer.status_code == 429
    assert TEXT in answer.content.decode()
    assert Pledge.objects.count() == 1


def test_a_program_that_fills_in_everything_makes_nothing(ground, client):
    answer = client.post(NEW, filled(website="https://example.org"))
    assert (answer.status_code, answer.url) == (302, "/confirm/")
    assert not Pledge.objects.exists()
    assert not Confirmation.objects.exists()


def test_similar_ones_are_offered_once(ground, client, pledge):
    like = pledge(TEXT, outcode="SO14")
    first = client.post(NEW, filled(reviewed=None))
    page = first.content.decode()
    assert first.status_code == 200
    assert f"/pledges/{like.pk}/join/" in page
    assert 'name="reviewed"' in page
    assert Pledge.objects.count() == 1
    assert client.post(NEW, filled()).status_code == 302
    assert Pledge.objects.count() == 2


def test_similar_ones_while_it_is_typed(ground, client, pledge):
    like = pledge('<b>"I will"</b> bring tea to people without visitors', outcode="SO14")
    answer = client.post("/pledges/similar.json", {"text": TEXT, "postcode": "SO14 0AA"})
    assert answer.json() == [
        {
            "id": like.pk,
            "url": f"/pledges/{like.pk}/",
            "join": f"/pledges/{like.pk}/join/",
            "text": like.text,
            "place": "somewhere in SO14",
            "joins": 0,
        }
    ]
    assert client.post("/pledges/similar.json", {}).json() == []
    assert client.get("/pledges/similar.json").status_code == 405


def test_pledge_here_fills_in_the_organisation(ground, client):
    page = client.get(NEW, {"organisation": "RXA"}).content.decode()
    assert 'value="Alderham Hospital"' in page
    assert client.get(NEW, {"organisation": "nobody"}).status_code == 200
    for odd in ("x" * 201, "\x00"):
        assert client.get(NEW, {"organisation": odd}).status_code == 400


def test_the_first_half_of_the_postcode_at_a_point(ground, client):
    assert client.post("/pledges/here.json", {"lat": "50.5", "lon": "-1.0"}).json() == {
        "outcode": "SO14"
    }
    for odd in ({"lat": "nan", "lon": "0"}, {}, {"lat": "1e9", "lon": "0"}):
        assert client.post("/pledges/here.json", odd).status_code == 400
