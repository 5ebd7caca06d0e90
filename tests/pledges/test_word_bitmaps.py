"""Common words counted by bits: the same numbers and pledges as by the rows, without the rows."""

import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from pledges import word_bitmaps
from pledges.counts import totals
from pledges.feed import search
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge, PledgeCounts
from pledges.wall.listing import PLEDGES, PledgeQuery
from pledges.word_bitmaps import expression, store
from pledges.word_bitmaps.models import Touched, Trait

TEXTS = (
    "I will listen to every patient.",
    "I will smile at every patient on the ward.",
    "I will listen and smile.",
    "I will drink tea on the ward.",
    "I will walk.",
)
ASKED = (
    *("smile", "patient smile", "smile or tea", "ward -tea", "-smile", "listen ward or tea -walk"),
    *("area=Y59", "area=E92000001", "theme=care", "theme=care,staff&status=open&area=Y58"),
    *("who=person&i_am=nhs,patient", "status=done"),
)
QUERIES = [f"q={word}" if "=" not in word else f"q=ward or patient&{word}" for word in ASKED]


def parse(query: str) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(query))


@pytest.fixture
def kept(ground, pledge, count_up, monkeypatch):
    """Pledges of few words, which are all common, over two blocks of bits."""
    monkeypatch.setattr(store, "COMMON", 1)
    chance = random.Random(7)
    for number in range(60):
        where = chance.choice(
            [{"organisation": ground.hospital}, {"region": ground.east}, {}, {"outcode": "SO14"}]
        )
        made = pledge(
            chance.choice(TEXTS),
            **where,
            theme=chance.choice(["care", "staff"]),
            i_am=chance.choice([None, *Pledge.IAm]),
            done=chance.random() < 0.3,
            withdrawn=chance.random() < 0.1,
        )
        if number == 40:
            with connection.cursor() as cursor:
                cursor.execute(
                    "select setval(pg_get_serial_sequence('pledges_pledge', 'id'), %s)",
                    [(made.pk // 4096 + 2) * 4096],
                )
    store.choose_afresh()
    while count_up():
        pass


def by_rows(query: str, monkeypatch) -> tuple[dict, list[int]]:
    with monkeypatch.context() as patched:
        for name, answer in (("numbers", None), ("matching", None), ("keys", None)):
            patched.setattr(word_bitmaps, name, lambda *asked, answer=answer: answer)
        search.read.cache_clear()
        filters = parse(query)
        return totals.summary(filters), sorted(search.keys(filters, totals.version()).tolist())


@pytest.mark.parametrize("query", QUERIES)
def test_bits_count_what_rows_count(kept, monkeypatch, query):
    filters = parse(query)
    found = word_bitmaps.numbers(filters, totals.version())
    assert found is not None
    assert found.total == totals.count(filters)
    bits = totals.summary(filters), word_bitmaps.keys(filters).tolist()
    assert bits == by_rows(query, monkeypatch)


@pytest.mark.parametrize(
    "query",
    [
        *('q="every patient"', "q=penguins", "q=the", "q=smile&since=2014-01-01", "q="),
        *("q=smile&organisation=RXA", "q=smile&area=E07000003", "q=smile&bbox=-4,50,0,52"),
    ],
)
def test_what_bits_do_not_tell_is_left_to_rows(kept, query):
    assert word_bitmaps.numbers(parse(query), totals.version()) is None
    assert word_bitmaps.keys(parse(query)) is None


def test_whatever_happens_to_pledges_is_in_the_bits_after_a_fold(kept, ground, pledge, count_up):
    some = list(Pledge.objects.public().filter(text=TEXTS[1]))
    Pledge.objects.filter(pk=some[0].pk).update(text=TEXTS[3])
    Pledge.objects.filter(pk=some[1].pk).update(
        region=None, district=None, location=None, show=4, outcode=""
    )
    Pledge.objects.filter(pk=some[2].pk).update(hidden_at=some[2].created_at)
    Pledge.objects.filter(pk=some[3].pk).delete()
    pledge(TEXTS[1], region=ground.west, done=True)
    assert Touched.objects.count() >= 5
    while store.fold(3):
        pass
    assert store.differences() == 0
    Pledge.objects.filter(pk=some[0].pk).update(team="The dawn team")
    assert not Touched.objects.exists()  # bits do not tell of teams


def test_bits_that_are_wrong_are_found(kept):
    with connection.cursor() as cursor:
        cursor.execute("update pledges_traitbits set bits = ~bits")
    assert store.differences() > 0


def test_words_that_become_common_are_added_to_what_is_kept(kept, pledge):
    assert store.choose() == 0
    for _ in range(3):
        pledge("I will applaud.")
    with connection.cursor() as cursor:
        cursor.execute("analyze pledges_pledge")
    assert store.choose() == 1
    while store.fold():
        pass
    assert word_bitmaps.numbers(parse("q=applauding"), totals.version()).total == 3


def test_nothing_is_kept_while_no_word_is_common(ground, pledge, count_up):
    pledge()
    assert store.choose_afresh() == 0
    assert store.fold() == 0
    assert not Trait.objects.exists()
    assert word_bitmaps.numbers(parse("q=listen"), totals.version()) is None


def test_common_words_are_counted_without_reading_a_pledge(kept, monkeypatch):
    """Tens of thousands of rows, read one by one, were most of what a page cost."""
    with CaptureQueriesContext(connection) as captured:
        totals.summary(parse("q=smile&theme=care"))
        assert totals.too_many(parse("q=smile")) is False
    asked = [one["sql"] for one in captured.captured_queries]
    assert not [sql for sql in asked if "pledges_pledge" in sql]
    monkeypatch.setattr(search, "MOST_MATCHES", 3)
    word_bitmaps.passing.cache_clear()
    with CaptureQueriesContext(connection) as captured:
        assert totals.summary(parse("q=smile"))["total"] is None
        assert totals.count(parse("q=smile&theme=care")) is None
    asked = [one["sql"] for one in captured.captured_queries]
    assert not [sql for sql in asked if "pledges_pledge" in sql]


def test_many_of_common_words_are_found_along_the_index_of_the_order(kept, monkeypatch):
    monkeypatch.setattr(PLEDGES, "gather_most", 0)
    for key in Pledge.objects.values_list("pk", flat=True):
        PledgeCounts.objects.update_or_create(pledge_id=key, defaults={"likes": key % 7})
    asked = PledgeQuery.read(QueryDict("q=patient or smile&theme=care&sort=liked"))
    wanted = sorted((key % 7, key) for key in word_bitmaps.keys(asked.filters).tolist())[::-1]
    first = PLEDGES.page("liked", asked.filters, 4, asked.total)
    second = PLEDGES.page("liked", asked.filters, 4, asked.total, first.next)
    found = [pledge.pk for page in (first, second) for pledge in page.items]
    assert found == [key for _, key in wanted[:8]]


@pytest.mark.parametrize("sort", ["newest", "best", "joined", "liked", "done"])
def test_few_of_common_words_are_listed_by_their_numbers(kept, sort):
    asked = PledgeQuery.read(QueryDict(f"q=patient or smile&theme=care&sort={sort}"))
    with CaptureQueriesContext(connection) as captured:
        page = PLEDGES.page(asked.sort, asked.filters, 20, asked.total)
    expected = set(word_bitmaps.keys(asked.filters).tolist())
    assert {pledge.pk for pledge in page.items} <= expected
    assert len(page.items) == min(20, len(expected)) > 3
    assert any("any(('{" in one["sql"] for one in captured.captured_queries)


@pytest.mark.parametrize("sort", ["newest", "joined", "liked"])
@pytest.mark.parametrize("more", ["", "&since=2015-01-01", "&organisation=RXA"])
def test_of_words_that_too_many_have_the_few_of_a_theme_are_found(kept, monkeypatch, sort, more):
    """A walk along the order would pass over all that have the words in other themes."""
    monkeypatch.setattr(search, "MOST_MATCHES", 5)
    asked = PledgeQuery.read(QueryDict(f"q=patient or smile&theme=care&sort={sort}{more}"))
    assert asked.total is None or "organisation" in more
    with CaptureQueriesContext(connection) as captured:
        page = PLEDGES.page(asked.sort, asked.filters, 100, asked.total)
    asked_sql = [one["sql"] for one in captured.captured_queries]
    expected = {pledge.pk for pledge in asked.filters.apply(Pledge.objects.public())}
    assert {pledge.pk for pledge in page.items} == expected != set()
    assert any("any(('{" in sql for sql in asked_sql)
    assert not any("tsquery" in sql for sql in asked_sql if "pledges_pledge" in sql)


@pytest.mark.parametrize(
    ("written", "columns"),
    [
        ("'a' & 'b'", "(A & B)"),
        ("'a' & !'b' | 'c'", "((A & (~ B)) | C)"),
        ("!( 'a' | 'b' ) & 'c'", "((~ (A | B)) & C)"),
        ("'o''a'", "OA"),
    ],
)
def test_a_search_is_written_over_bits(written, columns):
    found = expression.parse(written)
    names = {word: word.replace("'", "").upper() for word in expression.words(found)}
    assert expression.sql(found, names) == columns


@pytest.mark.parametrize("written", ["", "'a' <-> 'b'", "'a' <2> 'b'", "'a':*", r"'a\\b'"])
def test_no_bits_for_phrases_and_the_rest(written):
    assert expression.parse(written) is None
