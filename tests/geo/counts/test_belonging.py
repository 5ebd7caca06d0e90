"""What belongs to pledges is counted where the pledge is, whatever path wrote either."""

import datetime
from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.counts.fold import fold
from geo.counts.models import Change, Ledger
from geo.counts.rebuild import differences
from geo.live.sources import news_sources
from pledges.counts.worker import fold_all, rebuild_all
from pledges.pledging import actions
from pledges.pledging.counted import SPECS
from pledges.pledging.models import Join, Like, Pledge
from pledges.stories.models import Story
from tests.factories import noon
from tests.geo.counts.counts import belonging, kept_belonging, queued
from tests.processes import elsewhere, eventually

MARCH = datetime.date(2014, 3, 3)


@pytest.fixture
def some(pledge, ground, alice, bob, charlie) -> list[Pledge]:
    """Three pledges with joins, likes, stories and deeds, counted."""
    made = [
        pledge(organisation=ground.hospital, on=MARCH, theme="staff", author=alice, done=True),
        pledge(outcode="SO14", i_am=Pledge.IAm.PATIENT, author=alice),
        pledge(region=ground.east, on=MARCH, organisation=ground.hospital, author=bob),
    ]
    Pledge.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(due=MARCH)
    for one in made[:2]:
        actions.join(one, bob)
        actions.like(one, charlie)
    actions.join(made[0], charlie)
    Join.objects.filter(person=charlie).update(done_at=noon(MARCH))
    Story.objects.create(pledge=made[0], author=alice, text="It went well.")
    Story.objects.create(pledge=made[2], author=bob, text="And here.")
    fold_all()
    assert kept_belonging() == belonging()
    assert all(belonging().values())
    return made


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def unjoined(pledges, ground, bob):
    actions.leave(pledges[0], bob)


def liked_by_sql(pledges, ground, bob):
    sql(
        "insert into pledges_like (pledge_id, person_id, created_at) select id, %s, now()"
        " from pledges_pledge on conflict do nothing",
        bob.pk,
    )


def joined_another(pledges, ground, bob):
    Join.objects.filter(pledge=pledges[1]).update(pledge=pledges[2])


def liked_on_another_day(pledges, ground, bob):
    Like.objects.update(created_at=datetime.datetime(2024, 6, 30, 23, 30, tzinfo=datetime.UTC))


def part_undone(pledges, ground, bob):
    Join.objects.update(done_at=None)


def part_done(pledges, ground, bob):
    Join.objects.filter(person=bob).update(done_at=timezone.now())


def story_held(pledges, ground, bob):
    Story.objects.filter(pledge=pledges[0]).update(held_at=timezone.now())


def story_hidden_and_shown(pledges, ground, bob):
    Story.objects.update(hidden_at=timezone.now())
    Story.objects.filter(author=bob).update(hidden_at=None)


def story_deleted(pledges, ground, bob):
    Story.objects.all().delete()


def pledge_hidden(pledges, ground, bob):
    Pledge.objects.filter(pk=pledges[0].pk).update(hidden_at=timezone.now())


def pledge_moved(pledges, ground, bob):
    Pledge.objects.filter(pk=pledges[0].pk).update(
        district=ground.cottleigh, region=ground.east, theme=ground.themes["care"]
    )


def pledge_withdrawn(pledges, ground, bob):
    actions.withdraw(pledges[0])


def pledge_undone(pledges, ground, bob):
    Pledge.objects.update(done_at=None)


def pledge_done_on_another_day(pledges, ground, bob):
    Pledge.objects.update(done_at=noon(MARCH))


def day_given_up(pledges, ground, bob):
    Pledge.objects.update(due=None)


def pledge_deleted(pledges, ground, bob):
    pledges[0].delete()


def pledge_deleted_before_what_belongs_to_it(pledges, ground, bob):
    """Foreign keys are checked at the end of a transaction: any order is right."""
    sql("delete from pledges_pledge where id = %s", pledges[0].pk)
    sql("delete from pledges_pledgecounts where pledge_id = %s", pledges[0].pk)
    for table in ("join", "like", "story"):
        sql(f"delete from pledges_{table} where pledge_id = %s", pledges[0].pk)


def made_before_the_pledge(pledges, ground, bob):
    sql(
        "insert into pledges_like (pledge_id, person_id, created_at) values (-5, %s, now())", bob.pk
    )
    sql(
        "insert into pledges_pledge (id, text, who, show, team, display_name, outcode, demo,"
        " theme_id, created_at, confirmed_at) values (-5, 'x', 1, 4, '', '', '', false, 2, now(),"
        " now())"
    )


def account_deleted(pledges, ground, bob):
    Pledge.objects.filter(author=bob).update(author=None)
    bob.delete()


WAYS = [
    *(unjoined, liked_by_sql, joined_another, liked_on_another_day, part_undone, part_done),
    *(story_held, story_hidden_and_shown, story_deleted, pledge_hidden, pledge_moved),
    *(pledge_withdrawn, pledge_undone, pledge_done_on_another_day, day_given_up),
    pledge_deleted,
    *(pledge_deleted_before_what_belongs_to_it, made_before_the_pledge, account_deleted),
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_write_goes_past_the_counts(some, ground, bob, way):
    before = kept_belonging()
    way(some, ground, bob)
    assert kept_belonging() == before
    fold_all()
    assert kept_belonging() == belonging() != before
    assert not Change.objects.exists()


def test_shown_again_all_is_as_it_was(some):
    before = kept_belonging()
    Pledge.objects.update(hidden_at=timezone.now())
    fold_all()
    assert set(map(len, kept_belonging().values())) == {0}
    Pledge.objects.update(hidden_at=None)
    fold_all()
    assert kept_belonging() == belonging() == before


def test_what_counts_nowhere_queues_nothing(some):
    Pledge.objects.filter(due__isnull=False).update(due=datetime.date(2014, 5, 1))
    Join.objects.update(text="In other words.")
    Story.objects.update(text="In other words.")
    for feed in news_sources():
        fold(feed)
    assert not Change.objects.exclude(sign=0).exists()
    Pledge.objects.filter(pk=some[1].pk).update(text="A correction.")
    counting = Change.objects.exclude(sign=0)
    assert set(counting.values_list("layer", flat=True)) == {SPECS[0].layer}


def rows(pledge: Pledge) -> QuerySet:
    return Pledge.objects.filter(pk=pledge.pk)


DEEDS = (
    lambda one, person: Join.objects.get_or_create(pledge=one, person=person),
    lambda one, person: Like.objects.filter(pledge=one).delete(),
    lambda one, person: rows(one).update(hidden_at=timezone.now()),
    lambda one, person: rows(one).update(hidden_at=None),
    lambda one, person: rows(one).update(theme=1, done_at=noon(MARCH)),
    lambda one, person: Join.objects.filter(pledge=one).update(done_at=timezone.now()),
    lambda one, person: Like.objects.get_or_create(pledge=one, person=person),
)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=12), st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_in_whatever_order(some, ground, alice, bob, charlie, steps, between):
    people = (alice, bob, charlie)
    at = transaction.savepoint()
    for deed, number in steps:
        DEEDS[deed](some[number], people[(number + deed) % 3])
        if between:
            fold_all()
    fold_all()
    assert kept_belonging() == belonging()
    transaction.savepoint_rollback(at)


@pytest.mark.usefixtures("committed")
def test_counted_afresh_is_what_the_folds_have_kept(some):
    folded = kept_belonging()
    rebuild_all()
    assert kept_belonging() == folded
    assert all(set(differences(spec).values()) == {0} for spec in SPECS)
    Ledger.objects.filter(layer=SPECS[1].layer).first().delete()
    assert differences(SPECS[1], repair=True) == {"geo_ledger": 1}
    assert kept_belonging() == folded


@pytest.mark.usefixtures("committed")
def test_a_join_and_a_move_at_the_same_moment_see_each_other(some, ground, alice):
    """Neither transaction sees the other's row; the pledge's lock puts one after the other."""
    one = some[2]

    def move() -> None:
        try:
            Pledge.objects.filter(pk=one.pk).update(region=ground.west)
        finally:
            connection.close()

    with transaction.atomic():
        Join.objects.create(pledge=one, person=alice, text=one.text)
        mover = Thread(target=move)
        mover.start()
        # Within a transaction the activity of others is seen as it was at the first look.
        eventually(lambda: elsewhere(waits_for_a_lock))
    mover.join()
    fold_all()
    assert queued() == 0
    assert kept_belonging() == belonging()


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select from pg_stat_activity where datname = current_database()"
            " and wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]
