"""Making a pledge: what is written, what is forgotten, who sees it."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from geo.core.errors import BadParameter, PlaceNotFound
from pledges.accounts import retention
from pledges.accounts.models import User
from pledges.counts.totals import count
from pledges.filters import PledgeFilters
from pledges.pledging import actions
from pledges.pledging.models import Pledge, PledgeCounts


def test_alice_pledges_at_her_hospital(ground, alice):
    made = actions.make_pledge(
        text="I will smile first.",
        theme=ground.themes["attitude"],
        show=Pledge.Show.ORGANISATION,
        author=alice,
        display_name="Alice",
        i_am=Pledge.IAm.NHS,
        organisation=ground.hospital,
        due=datetime.date(2030, 3, 3),
    )
    kept = Pledge.objects.get(pk=made.pk)
    assert kept.location.coords == ground.hospital.location.coords
    assert (kept.district, kept.region) == (ground.alderham, ground.west)
    assert (kept.text, kept.theme.slug, kept.display_name) == (
        "I will smile first.",
        "attitude",
        "Alice",
    )
    assert (kept.author, kept.i_am, kept.who) == (alice, Pledge.IAm.NHS, Pledge.Who.PERSON)
    assert kept.due == datetime.date(2030, 3, 3)
    assert kept.public
    assert not kept.done
    assert not kept.demo


def test_each_pledge_has_its_side_row_of_likes_and_joins(pledge):
    counts = PledgeCounts.objects.get(pledge=pledge())
    assert (counts.likes, counts.joins) == (0, 0)


def test_what_is_not_asked_for_is_forgotten(ground, pledge):
    """A person who typed a postcode and then chose "not on the map" leaves no trace of it."""
    made = pledge(show=Pledge.Show.NONE, outcode="SO14", region=ground.east)
    assert (made.location, made.district, made.region, made.outcode) == (None, None, None, "")


def test_a_region_pledge_has_no_district_and_no_point(ground, pledge):
    made = pledge(show=Pledge.Show.REGION, outcode="SO14", region=ground.east)
    assert (made.location, made.district, made.outcode) == (None, None, "")
    assert made.region == ground.east


def test_a_pledge_waits_for_its_author_to_confirm(pledge, count_up):
    waiting = pledge(confirmed=False)
    count_up()
    assert not waiting.public
    assert count(PledgeFilters()) == 0


def test_a_pledge_that_cannot_be_shown_is_not_written(ground, pledge):
    with pytest.raises(BadParameter, match="no place on the map"):
        pledge(organisation=ground.nowhere)
    with pytest.raises(BadParameter, match="no place on the map"):
        pledge(show=Pledge.Show.ORGANISATION)
    with pytest.raises(PlaceNotFound, match="ZZ99"):
        pledge(outcode="ZZ99")
    assert Pledge.objects.count() == 0


def test_done_is_said_once_and_the_first_moment_stays(pledge):
    made = pledge()
    first = actions.mark_done(made).done_at
    assert first is not None
    assert made.done
    assert actions.mark_done(made).done_at == first


def test_a_withdrawn_pledge_leaves_public_view_and_the_counts(pledge, count_up):
    made, other = pledge("I will smile."), pledge("I will listen.")
    count_up()
    actions.withdraw(made)
    count_up()
    assert list(Pledge.objects.public()) == [other]
    assert Pledge.objects.filter(pk=made.pk).exists()
    assert count(PledgeFilters()) == 1


def test_withdrawing_twice_counts_once(pledge, count_up):
    pledge()
    made = pledge()
    actions.withdraw(made)
    actions.withdraw(made)
    count_up()
    assert count(PledgeFilters()) == 1


def test_remove_demo_takes_the_demo_and_leaves_the_rest(pledge, alice, count_up):
    User.objects.create_user("demo@example.org", demo=True)
    real = pledge(author=alice)
    pledge(demo=True)
    pledge(demo=True)
    count_up()
    assert retention.remove_demo() == 2
    count_up()
    assert list(Pledge.objects.all()) == [real]
    assert list(PledgeCounts.objects.values_list("pledge", flat=True)) == [real.pk]
    assert list(User.objects.all()) == [alice]
    assert count(PledgeFilters()) == 1


def test_a_person_who_leaves_leaves_the_pledges(pledge, alice, count_up):
    made = pledge(author=alice)
    alice.delete()
    made.refresh_from_db()
    count_up()
    assert made.author is None
    assert count(PledgeFilters()) == 1


@pytest.mark.parametrize(
    "change",
    [
        "show = 3",  # in the region, and yet a point
        "show = 4, outcode = ''",  # not on the map, and yet a point
        "location = null",  # somewhere in SO14, and yet nowhere
        "outcode = ''",  # somewhere in no outcode
        "show = 1, outcode = ''",  # at an organisation that is not named
        "who = 3",  # a whole organisation that is not named
    ],
)
def test_the_database_itself_keeps_the_place_as_chosen(pledge, change):
    made = pledge(outcode="SO14")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update pledges_pledge set {change} where id = %s", [made.pk])
