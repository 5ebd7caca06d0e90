"""Demo pledges: made up, marked, and placed by the same rule as people's own."""

import datetime
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from geo.areas.models import Area
from geo.counts.rebuild import differences
from pledges.counts.totals import count, summary
from pledges.demo import seed as demo
from pledges.filters import PledgeFilters
from pledges.pledging import actions
from pledges.pledging.counted import STORIES
from pledges.pledging.models import SPEC, ChangeDay, Join, Like, Pledge, PledgeCounts, Theme
from pledges.pledging.public_place import public_place
from pledges.stories.models import Story
from tests.country import draw_country
from tests.geo.counts.counts import queued

pytestmark = pytest.mark.usefixtures("country")
MANY = 3_000


@pytest.fixture
def country(committed) -> None:
    draw_country()


def seed(number: int) -> None:
    demo.seed(number, lambda words: None)


def indexes() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select indexname, indexdef from pg_indexes where tablename = 'pledges_pledge'"
        )
        return dict(cursor.fetchall())


def triggers() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname, tgenabled from pg_trigger where tgrelid = 'pledges_pledge'::regclass"
            " and not tgisinternal"
        )
        return dict(cursor.fetchall())


def test_demo_pledges_are_believable_and_placed_by_the_rule_for_people():
    seed(MANY)
    pledges = list(Pledge.objects.select_related("organisation", "theme"))
    areas = Area.objects.without_boundaries().in_bulk()  # boundaries with each would take minutes
    assert len(pledges) == MANY
    assert all(pledge.demo and pledge.public for pledge in pledges)
    assert PledgeCounts.objects.count() == MANY

    for pledge in pledges[::7]:
        place = public_place(
            Pledge.Show(pledge.show),
            pledge.pk,
            organisation=pledge.organisation,
            outcode=pledge.outcode,
            region=areas.get(pledge.region_id),
        )
        assert pledge.location == place.location
        belongs = areas.get(pledge.district_id), areas.get(pledge.region_id)
        assert belongs == (place.district, place.region)

    texts = {pledge.text for pledge in pledges}
    assert len(texts) > MANY / 3
    assert all(12 < len(text) <= 500 and text.endswith(".") for text in texts)
    of_teams = [pledge for pledge in pledges if pledge.who == Pledge.Who.TEAM]
    assert all(pledge.team and pledge.organisation for pledge in of_teams)
    assert {pledge.show for pledge in pledges} == set(Pledge.Show)
    assert {pledge.who for pledge in pledges} == set(Pledge.Who)
    assert {pledge.i_am for pledge in pledges} == {None, *Pledge.IAm}
    assert {pledge.theme.slug for pledge in pledges} == set(demo.words.DEEDS)

    now = datetime.datetime.now(datetime.UTC)
    assert all(pledge.created_at < now for pledge in pledges)
    assert all(pledge.created_at < pledge.done_at < now for pledge in pledges if pledge.done_at)
    done = sum(pledge.done for pledge in pledges)
    assert MANY / 5 < done < MANY / 2


def test_more_are_made_where_more_people_live_and_on_change_days():
    seed(MANY)
    by_region = Counter(Pledge.objects.values_list("region__code", flat=True))
    assert set(by_region) - {None} == set(demo.words.PEOPLE)
    assert by_region["Y60"] > 2 * by_region["W92000004"]
    by_day = Counter(Pledge.objects.values_list("day", flat=True))
    usual = sorted(by_day.values())[len(by_day) // 2]
    past = ChangeDay.objects.filter(date__lt=datetime.date(2020, 1, 1))
    assert [by_day[day.date] > 10 * usual for day in past] == [True] * len(past)
    assert len(past) > 0


def test_demo_pledges_are_counted_afresh():
    seed(500)
    assert queued() == 0
    assert count(PledgeFilters()) == 500
    assert set(differences(SPEC).values()) == {0}


def test_likes_and_joins_of_demo_pledges_are_those_of_demo_people():
    seed(200)
    for counted, rows in (("likes", Like.objects), ("joins", Join.objects)):
        counts = dict(PledgeCounts.objects.values_list("pledge", counted))
        found = Counter(rows.filter(person__demo=True).values_list("pledge", flat=True))
        assert sum(found.values()) > 50
        assert found == +Counter(counts)
    assert queued() == 0


def test_some_demo_pledges_that_are_done_have_a_story():
    seed(600)
    stories = list(Story.objects.select_related("pledge"))
    assert len(stories) > 3
    assert {story.text for story in stories} <= {
        text for told in demo.words.STORIES.values() for text, _difference in told
    }
    assert all(story.demo and story.public and story.pledge.done for story in stories)
    assert all(story.created_at >= story.pledge.done_at for story in stories)
    assert set(differences(STORIES).values()) == {0}


def test_more_than_a_few_are_written_without_indexes_and_triggers_which_come_back(monkeypatch):
    before = indexes(), triggers()
    monkeypatch.setattr(demo, "FEW", 100)
    seed(500)
    assert (indexes(), triggers()) == before
    assert set(triggers().values()) == {"O"}
    assert queued() == 0
    assert count(PledgeFilters()) == 500
    assert set(differences(SPEC).values()) == {0}


def test_seeding_twice_adds_and_people_come_after():
    seed(100)
    seed(50)
    mine = actions.make_pledge(
        text="I will listen.", theme=Theme.objects.get(slug="care"), show=Pledge.Show.NONE
    )
    assert Pledge.objects.count() == 151
    assert not mine.demo
    assert mine.pk == max(Pledge.objects.values_list("pk", flat=True))


def test_the_same_number_gives_the_same_pledges():
    """So that a fault seen once can be seen again."""
    seed(60)
    shown = ("text", "show", "outcode", "theme", "region__code")
    first = list(Pledge.objects.order_by("pk").values_list(*shown))
    Pledge.objects.all().delete()
    seed(60)
    assert list(Pledge.objects.order_by("pk").values_list(*shown)) == first


def test_seed_demo_writes_only_where_there_are_none(capsys):
    call_command("seed_demo", pledges=60)
    call_command("seed_demo", pledges=60, if_none=True)
    assert Pledge.objects.count() == 60
    assert "there already" in capsys.readouterr().out


@pytest.mark.parametrize("number", [0, -5])
def test_seed_demo_wants_at_least_one(number):
    with pytest.raises(CommandError, match="at least 1"):
        call_command("seed_demo", pledges=number)


def test_without_themes_seed_demo_says_what_to_do_first():
    Theme.objects.all().delete()
    with pytest.raises(CommandError, match="setup_data"):
        call_command("seed_demo", pledges=5)


def test_without_organisations_pledges_are_still_made():
    connection.cursor().execute("delete from pledges_organisation")
    seed(100)
    assert set(Pledge.objects.values_list("who", flat=True)) == {Pledge.Who.PERSON}
    assert summary(PledgeFilters())["total"] == 100


def test_without_a_gazetteer_seed_demo_says_what_to_do_first():
    """An empty database is a common first mistake."""
    connection.cursor().execute("delete from geo_outcode")
    assert Area.objects.regions().exists()
    with pytest.raises(CommandError, match="setup_data"):
        call_command("seed_demo", pledges=5)


def test_remove_demo_takes_all_of_it_out_and_leaves_what_people_wrote(capsys):
    seed(120)
    mine = actions.make_pledge(
        text="I will listen.", theme=Theme.objects.get(slug="care"), show=Pledge.Show.NONE
    )
    call_command("remove_demo")
    assert list(Pledge.objects.all()) == [mine]
    assert count(PledgeFilters()) == 1
    assert queued() == 0
    assert "120 demo pledges removed" in capsys.readouterr().out
