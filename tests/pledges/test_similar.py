"""What is offered to join while a pledge is written."""

from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchQuery
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from pledges.wall.similar import Near, similar

TEXT = "I will bring tea to people without visitors every Sunday"


def texts(found):
    return [one.text for one in found]


def test_the_likest_comes_first_and_what_is_unlike_is_not_offered(pledge):
    pledge("I will learn sign language.")
    near = pledge("I will bring tea and a chat to people who have no visitors.")
    same = pledge("I will bring tea to people without visitors every Sunday.")
    assert similar(TEXT) == [same]
    placed = pledge("I will bring tea to people without visitors on Sundays.", outcode="SO14")
    found = similar(TEXT, Near(Point(-1.0, 50.5, srid=4326)))
    assert found == [same, placed]
    assert near not in found


def test_the_last_word_may_be_unfinished_and_one_may_be_another(pledge):
    made = pledge("I will read aloud to people on the stroke ward.")
    assert similar("I will read aloud to people on the stro") == [made]
    assert similar("I will read aloud to patients on the stroke ward") == [made]
    assert similar("I will sing to patients in the garden") == []


def test_of_two_alike_the_nearer_comes_first(pledge):
    pledge("I will bring tea to people without visitors.", outcode="BS1")
    pledge("I will bring tea to people without visitors.", outcode="SO14")
    first = similar(TEXT, Near(Point(-1.0, 50.5, srid=4326)))[0]
    assert first.outcode == "SO14"
    assert similar(TEXT, Near(Point(-3.0, 51.0, srid=4326)))[0].outcode == "BS1"


def test_those_of_the_organisation_are_compared(ground, pledge):
    theirs = pledge("I bring tea to people without visitors", organisation=ground.clinic)
    assert similar(TEXT, Near(organisation=ground.clinic)) == [theirs]


def test_what_is_done_or_not_public_is_not_offered(pledge):
    for mark in ("done", "hidden", "withdrawn"):
        pledge(TEXT, **{mark: True})
    pledge(TEXT, confirmed=False)
    assert similar(TEXT) == []


def test_short_and_odd_texts_find_nothing_and_break_nothing(pledge):
    pledge(TEXT)
    for text in (
        "",
        "tea",
        "   ",
        '"' * 40,
        "- - - - - - - - - - -",
        "' OR 1=1; --  <b>&",
        "💙" * 40,
    ):
        assert similar(text) == []


def test_no_more_than_asked_for_and_none_in_the_same_words(pledge):
    for number in range(5):
        pledge(f"{TEXT} {number}")
        pledge(f"{TEXT} {number}.")
    assert len(similar(TEXT)) == 3
    found = similar(TEXT, limit=5)
    assert len({one.text.rstrip(".") for one in found}) == 5


def test_however_many_there_are_few_are_compared(pledge, django_assert_num_queries):
    made = pledge(TEXT)
    # By words, by nearness, and the comparison; four more for the limit of time of either part.
    with django_assert_num_queries(11):
        assert similar(TEXT, Near(Point(-1.0, 50.5, srid=4326))) == [made]


def test_words_that_take_too_long_leave_those_nearby(pledge, monkeypatch):
    made = pledge(TEXT, outcode="SO14")

    words = RawSQL("(select 'tea' from pg_sleep(5))", [], output_field=TextField())
    slow = SearchQuery(words, config="english")
    monkeypatch.setattr("pledges.wall.similar.WORDS_MILLISECONDS", 50)
    monkeypatch.setattr("pledges.wall.similar.most_of", lambda _words: slow)
    assert similar(TEXT) == []
    assert similar(TEXT, Near(Point(-1.0, 50.5, srid=4326))) == [made]
