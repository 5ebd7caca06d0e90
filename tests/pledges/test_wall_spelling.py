"""Misspelt words: understood where no pledge has them, and nowhere else."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from pledges.feed import spelling
from pledges.feed.models import Word
from pledges.pledging.models import Pledge
from pledges.wall.listing import PledgeQuery
from tests.pledges.plans import explained


@pytest.fixture
def learned(ground, pledge, count_up) -> None:
    pledge("I will listen to every hospital patient.")
    pledge("I will write a letter to alice@example.org.", display_name="Zebedee", theme="staff")
    pledge("A secret promise.", hidden=True)
    count_up()
    spelling.learn_afresh()


def asked(query: str) -> PledgeQuery:
    return PledgeQuery.read(QueryDict(query))


def test_the_words_of_public_texts_are_learned_and_nothing_else(learned):
    known = set(Word.objects.values_list("word", flat=True))
    assert {"listen", "hospital", "letter", "the"} - known == {"the"}
    assert not known & {"secret", "zebedee", "alice@example.org"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hosptial", "hospital"),
        ("Lisen hospitl", "listen hospital"),
        ('"hospitle" -leter', '"hospital" -letter'),
        ("listen", "listen"),
        ("xylophone", "xylophone"),
        ("ltr", "ltr"),
    ],
)
def test_a_word_is_replaced_by_the_one_spelled_most_like_it(learned, typed, meant):
    assert spelling.corrected(typed) == meant


def test_a_misspelt_search_finds_what_was_meant_and_says_so(learned):
    found = asked("q=hosptial")
    assert (found.misspelt, found.filters.q, found.total) == ("hosptial", "hospital", 1)
    assert found.query_string() == "q=hospital"


def test_words_that_pledges_have_are_left_alone_whatever_else_is_asked(learned):
    found = asked("q=letter&theme=care")
    assert (found.misspelt, found.filters.q, found.total) == ("", "letter", 0)


def test_the_name_of_an_organisation_is_not_misspelt(learned, pledge):
    pledge("I will cottage.")
    spelling.learn()
    assert asked("q=cottag").filters.q == "cottag"


def test_a_word_of_which_no_public_pledge_is_left_is_not_told(learned):
    Pledge.objects.filter(text__contains="hospital").update(hidden_at=timezone.now())
    found = asked("q=hosptial")
    assert (found.misspelt, found.filters.q) == ("", "hosptial")
    spelling.learn_afresh()
    assert not Word.objects.filter(word="hospital").exists()


def test_words_of_late_are_learned_again_and_older_ones_once(learned, pledge):
    pledge("A banjo.")
    pledge("A trombone.", on=timezone.now() - datetime.timedelta(days=60))
    spelling.learn()
    known = set(Word.objects.values_list("word", flat=True))
    assert "banjo" in known
    assert "trombone" not in known


def test_nearly_spelled_words_are_looked_up_in_an_index(learned):
    assert "pledges_word_trigrams" in explained(
        lambda: spelling.corrected("hosptial"), "enable_seqscan"
    )
