"""What is read of many posts stays little: each way to a list says the same, and has its index."""

import datetime
import itertools

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from geo.core.keyset import Cursor
from hubs.conversation import actions, totals
from hubs.conversation.feed import rising
from hubs.conversation.feed.listing import DISCUSSED, NEWEST, OLDEST, POSTS, SUPPORTED
from hubs.conversation.feed.similar import similar
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.models.themes import Theme
from hubs.conversation.models.topics import Rise
from pledges.accounts.models import User
from pledges.feed import search
from pledges.feed.listing import Slice

WAYS = {"few": (10_000, 10_000), "scanned": (0, 10_000), "gathered": (0, 2)}
DAY = datetime.timedelta(days=1)


@pytest.fixture
def many(ground, post, reply, bob, charlie) -> list[Post]:
    """Forty posts of forty days, some supported, some discussed later than they were written."""
    now, made = timezone.now(), []
    places = itertools.cycle(
        [{"organisation": ground.clinic}, {"region": ground.east}, {"region": ground.west}]
    )
    for n, place in zip(range(40), places, strict=False):
        kind = "idea" if n % 2 else "question"
        one = post(f"More lockers {n}.", kind=kind, created_at=now - (40 - n) * DAY, **place)
        PostCounts.objects.filter(post=one).update(last_at=one.created_at)
        made.append(one)
    for n, one in enumerate(made):
        for person in (bob, charlie)[: n % 3]:
            actions.support(one, person)
        if n % 5 == 0:
            reply(one)
    return made


def filters(asked: str) -> PostFilters:
    return PostFilters.parse(QueryDict(asked))


def statements(work) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [each["sql"] for each in captured.captured_queries]


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        # Else it is planned for as many rows as tests before this one left behind.
        cursor.execute("analyze conversation_post, conversation_postcounts, conversation_rise")
        cursor.execute("set local enable_seqscan to off; set local enable_bitmapscan to off")
        cursor.execute(f"explain {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("way", WAYS)
def test_every_way_lists_the_same(monkeypatch, ground, many, counted, way):
    counted()
    gather_most, scan_most = WAYS[way]
    monkeypatch.setattr(POSTS, "gather_most", gather_most)
    monkeypatch.setattr(POSTS, "scan_most", scan_most)
    day = timezone.localdate()
    span = f"since={day - 30 * DAY}&until={day - 10 * DAY}"
    asked = ("", span, f"{span}&kind=idea&area=Y59", "organisation=RXB", f"organisation=RXB&{span}")
    asked += ("q=lockers&kind=idea", f"q=lockers&{span}", f"since={day - 7 * DAY}&answered=no")
    by = {
        NEWEST: lambda p: (p.created_at, p.pk),
        OLDEST: lambda p: (p.created_at, p.pk),
        SUPPORTED: lambda p: (p.counts.supports, p.pk),
        DISCUSSED: lambda p: (p.counts.last_at, p.pk),
    }
    for each, (order, value) in itertools.product(asked, by.items()):
        found = filters(each)
        rows = found.apply(Post.objects.public()).select_related("counts")
        wanted = sorted((value(p) for p in rows), reverse=order != OLDEST)
        total = totals.count(found)
        assert total == len(wanted) > 1
        first = POSTS.first(Slice(order, found, 4, total))
        assert first == wanted[:4]
        assert POSTS.first(Slice(order, found, 50, total, Cursor(first[1]))) == wanted[2:]


def test_common_words_are_read_no_further_than_their_limit(monkeypatch, many, counted):
    counted()
    monkeypatch.setattr(search, "MOST_MATCHES", 5)
    search.read.cache_clear()
    found = filters("q=lockers&kind=question")
    assert totals.summary(found)["total"] is None
    keys = [key for _, key in POSTS.first(Slice(NEWEST, found, 50))]
    assert keys == [one.pk for one in many[::2]][::-1]
    search.read.cache_clear()


def test_a_search_reads_the_words_once(many, counted):
    counted()
    search.read.cache_clear()
    found = filters("q=lockers&kind=idea&area=Y59")

    def page():
        total = totals.summary(found)["total"]
        POSTS.key_page(DISCUSSED, found, 20, total)

    assert sum("websearch_to_tsquery" in sql for sql in statements(page)) == 1


def test_days_last_discussed_are_short_scans_of_the_index_of_days(many):
    found = filters(f"since={timezone.localdate() - 30 * DAY}&kind=idea")
    (asked,) = statements(lambda: POSTS.first(Slice(DISCUSSED, found, 20)))
    told = plan(asked)
    assert told.count("conversation_by_day") >= 1
    assert "Index Cond: (day = (wanted.day)::date)" in told


def test_what_rises_is_stored_and_read_without_supports(ground, many):
    rising.refresh()
    found = filters(f"area={ground.west.code}")
    (first, *_) = rising.rising(found, 3)
    assert (first.post, first.lately) == (many[38], 2)
    read = statements(lambda: rising.rising(found, 3))
    assert len(read) == 2
    assert not any("conversation_support" in sql for sql in read)
    Post.objects.filter(pk=first.post.pk).update(hidden_at=timezone.now())
    assert first.post not in [one.post for one in rising.rising(found, 3)]
    rising.refresh()
    assert not Rise.objects.filter(post=first.post).exists()


def test_similar_posts_ask_for_all_words_and_for_most_of_four(post):
    made = post("Thicker curtains for patients behind every window upstairs.")
    said = "Thicker curtains for patients behind every window downstairs please"
    read = statements(lambda: similar(said))
    assert sum("to_tsquery" in sql and "LIMIT 100" in sql for sql in read) == 2
    assert similar(said) == [made]


@pytest.mark.parametrize("signed", [Signed.ROLE, Signed.ANONYMOUS])
def test_a_post_of_somebody_signed_in_is_written_once(themes, ground, alice, signed):
    theme = Theme.objects.open().first()

    def make():
        made.append(
            actions.make_signed_in(
                alice,
                text="More lockers.",
                theme=theme,
                kind=Post.Kind.IDEA,
                show=Post.Show.REGION,
                signed=signed,
                role="Porter",
                region=ground.east,
            )
        )

    made: list[Post] = []
    asked = [sql for sql in statements(make) if "SAVEPOINT" not in sql]
    # The number, the post, its counts, the veil of who is anonymous, and the post read back.
    assert len(asked) == (5 if signed == Signed.ANONYMOUS else 4)
    assert not any(sql.startswith("UPDATE") for sql in asked)
    assert made[0].public
    assert made[0].author == (None if signed == Signed.ANONYMOUS else alice)
    assert list(Post.objects.of(alice)) == made


def test_a_post_of_somebody_signed_in_that_tells_too_much_waits(themes, alice: User):
    made = actions.make_signed_in(
        alice,
        text="Ring me on 07700 900123.",
        theme=Theme.objects.open().first(),
        kind=Post.Kind.IDEA,
        show=Post.Show.NONE,
    )
    assert (made.public, made.verified_at is not None, made.held_at is not None) == (False, 1, 1)
