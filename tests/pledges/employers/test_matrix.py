"""The matrix of employers, the story behind a cell, the overview: rows built once for the file."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pledges.employers.matrix.areas import by_area
from pledges.employers.matrix.query import MatrixQuery
from pledges.employers.matrix.rows import rows
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change
from pledges.employers.survey.changes import recompute_changes
from pledges.organisations.models import Organisation
from tests.factories import Ground, draw_ground
from tests.pledges.employers.survey_data import two_years

QUESTIONS = 19  # of the page at most, however many employers there are

MANY = """
insert into employers_change (organisation_id, year, indicator_id, verdict, why)
select o.id, years.year, i.id, 1 + (o.id + years.year + i.id) % 4, 0
from pledges_organisation o, generate_series(2003, 2012) as years(year), employers_indicator i
join employers_indicatorset s on s.id = i.set_id
where o.slug like 'many-%' and s.year = 2013
"""


@pytest.fixture(scope="module")
def world(shared) -> Ground:
    return two_years(draw_ground())


@pytest.fixture
def visitor(world) -> Client:
    return Client()


def of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_each_cell_says_what_is_done_and_what_staff_say(world):
    six = list(StaffPledge.objects.current())
    found = {row.organisation: row for row in rows(MatrixQuery(2014), six)}
    hospital = found[world.hospital].cells[2]
    # Of findings 1, 2 and 5 more is better in all but the last.
    assert (hospital.adopted, hospital.survey.improved, hospital.survey.worse) == (1, 2, 1)
    assert found[world.clinic].cells[2].survey.worse == 2
    nowhere = found[world.nowhere]
    assert [nowhere.cells[n].actions for n in (1, 2)] == [2, 1]
    assert (nowhere.total.actions, nowhere.total.done, nowhere.total.overdue) == (2, 1, 1)
    assert not nowhere.total.adopted


@pytest.mark.parametrize(
    ("query", "first", "number"),
    [
        ("", "Alderham", 3),
        ("sort=worse", "clinic", 3),
        ("sort=actions", "nowhere", 3),
        ("area=Y58", "hospital", 1),
        ("pledge=environment", "nowhere", 1),
        ("pledge=development&sort=improved", "hospital", 2),
    ],
)
def test_sorted_and_filtered(world, visitor, query, first, number):
    answer = visitor.get(f"/employers/?year=2014&{query}")
    found = list(answer.context["page"])
    assert len(found) == number == answer.context["page"].paginator.count
    if first != "Alderham":
        assert found[0].organisation == getattr(world, first)


@pytest.mark.parametrize("by", ["regions", "districts"])
def test_the_list_by_area_adds_up_to_the_rows_and_the_map_shows_its_figures(world, visitor, by):
    answer = visitor.get(f"/employers/?year=2014&by={by}&show=worse")
    found, areas = list(answer.context["page"]), answer.context["summaries"]
    assert sum(one.employers for one in areas) == len(found)
    worse = sum(row.total.survey.worse for row in found)
    assert sum(one.total.survey.worse for one in areas) == worse > 0
    script = answer.context["map"].script
    for one in areas:
        if one.area and one.total.worse is not None:
            assert f"{one.name}: Findings worse {one.written('worse')}" in script


def test_a_cell_opens_its_story(world, visitor):
    page = of(visitor, "/employers/?year=2014")
    path = f"/employers/story/{world.hospital.public_code}/roles/?year=2014"
    assert path in page
    told = of(visitor, path)
    for words in ("3 March 2014", "Director of people", "KF5", "2 of the 3 key findings improved"):
        assert words in told
    assert visitor.get("/employers/story/ZZZ9/roles/").status_code == 404


def test_the_overview_has_the_headline_nationally_by_region_and_by_pledge(world, visitor):
    answer = visitor.get("/employers/overview/?year=2014")
    overview = answer.context["overview"]
    # Fifty in both years together, but for those that one region improved and the other did not.
    assert overview.survey.same == 5
    told = {region.area.name: region.survey for region in overview.regions}
    assert (told["West"].improved, told["West"].worse) == (4, 1)
    assert (told["East"].improved, told["East"].worse) == (1, 4)
    assert "0 of the 5 key findings improved" in answer.content.decode()


def test_what_a_pledge_and_an_employer_show_of_the_survey(world, visitor):
    page = of(visitor, "/employers/pledges/roles/")
    assert "0 of the 3 key findings improved" in page
    assert "geo/map/choropleth.js" in page
    employer = of(visitor, f"/employers/{world.hospital.public_code}/")
    assert "4 of the 5 key findings improved" in employer


def test_the_file_has_the_figures_of_the_page(world, visitor):
    lines = of(visitor, "/employers/matrix.csv?year=2014&area=Y58").splitlines()
    assert len(lines) == 3  # roles and development
    assert f"2014,{world.hospital.code}" in lines[1]
    assert lines[1].endswith(",2014-03-03,0,0,0,0,0,2,0,1,0")


@pytest.mark.parametrize(
    "query", ["year=nan", "year=99999", "page=0", "sort=x", "by=x", "area=ZZ", "pledge=x", "x=1"]
)
def test_what_cannot_be_asked_is_refused(world, visitor, query):
    assert visitor.get(f"/employers/?{query}").status_code == 400


def test_a_year_without_anything(world, visitor):
    assert "No employer has" in of(visitor, "/employers/?year=2001")
    assert "There are no figures" in of(visitor, "/employers/overview/?year=2001")


@pytest.fixture(scope="module")
def many(world) -> None:
    """250 organisations with 28 findings in ten years: 70,000 rows of what became of them."""
    Organisation.objects.bulk_create(
        Organisation(slug=f"many-{n}", name=f"Many {n}", search_text="", region=world.west)
        for n in range(250)
    )
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("analyze employers_change")


def test_the_page_asks_as_much_of_250_employers_as_of_three(many, visitor):
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get("/employers/?year=2010").context["page"].paginator.count == 250
    with CaptureQueriesContext(connection) as few:
        visitor.get("/employers/?year=2014")
    assert len(asked) == len(few) <= QUESTIONS


def test_a_year_of_changes_is_read_from_its_index_alone(many):
    """Seven thousand of 70,000 rows, without a look at the table."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_bitmapscan = off")
    plan = Change.objects.in_year(2010).counted("organisation", "indicator__pledge__number")
    assert "Index Only Scan using employers_change_year" in plan.explain()


def test_changes_of_a_year_are_recomputed_in_few_queries(many):
    with CaptureQueriesContext(connection) as asked:
        recompute_changes(2014)
    assert len(asked) < 20


def test_areas_are_the_same_whatever_the_page(world):
    six = list(StaffPledge.objects.current())
    first, second = MatrixQuery(2014), MatrixQuery(2014, page=2)
    assert by_area(first, rows(first, six)) == by_area(second, rows(second, six)) != []
