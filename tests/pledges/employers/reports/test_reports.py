"""The report to a board: it adds up, it stays as it was published, and its files say the same."""

import csv
import datetime
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from pledges.accounts.models import Grant
from pledges.employers.matrix.query import MatrixQuery
from pledges.employers.matrix.rows import TOTAL, rows
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.profile import EmployerProfile
from pledges.employers.proposals import actions
from pledges.employers.proposals.actions import version_of
from pledges.employers.reports.period import Period
from pledges.employers.reports.report import Report
from pledges.employers.reports.snapshot import take_snapshot
from pledges.organisations.models import Organisation
from tests.factories import Ground, draw_ground
from tests.papers import tags
from tests.pledges.employers.conftest import looks_after, make_action
from tests.pledges.employers.survey_data import two_years

DESK = "/employers/RXA/desk/"
YEAR = Period(2014)


def day(month: int, number: int = 1, year: int = 2014) -> datetime.date:
    return datetime.date(year, month, number)


@pytest.fixture(scope="module")
def world(shared) -> Ground:
    """The hospital improves in the survey of 2014, and has five actions, two of them late."""
    ground = two_years(draw_ground())
    Organisation.objects.filter(pk=ground.hospital.pk).update(name="=SUM(A1) & <b>Sons</b>")
    six = list(StaffPledge.objects.current())
    Adoption.objects.create(
        organisation=ground.hospital, pledge=six[0], adopted_on=day(2, 5), lead="Chief executive"
    )
    given = {"start": day(1)}
    late = make_action(
        six, ground.hospital, "Quiet rooms", [1, 4], due=day(6), status="under-way", **given
    )
    late.milestones.create(title="Rooms are found", due=day(3), reached_on=day(3, 9))
    late.milestones.create(title="Rooms are furnished", due=day(5))
    late.milestones.create(title="Long before", due=day(1, year=2012), reached_on=day(1, year=2012))
    make_action(six, ground.hospital, "Rotas", [1], due=day(2), status="under-way", **given)
    ended = {"ended_on": day(9), "good_practice": True}
    make_action(six, ground.hospital, "Buddies", [3], status="done", **ended, **given)
    stopped = {"ended_on": day(11), "reason": "No money."}
    make_action(six, ground.hospital, "Gym", [4], status="stopped", **stopped, **given)
    make_action(six, ground.hospital, "Later", [2], start=day(12), status="planned")
    make_action(six, ground.hospital, "Not of the year", [2], start=day(1, year=2015))
    return Ground(
        **{**ground.__dict__, "hospital": Organisation.objects.get(pk=ground.hospital.pk)}
    )


@pytest.fixture
def made(world) -> Report:
    return Report(
        {**take_snapshot(world.hospital, YEAR), "summary": "A year.", "asks": "Time\nMoney"}
    )


@pytest.fixture
def people(world, database):
    """The hospital's editor and approver."""
    return (
        looks_after("erin", Grant.Role.EDITOR, world.hospital),
        looks_after("april", Grant.Role.APPROVER, world.hospital),
    )


@pytest.fixture
def published(people, seat) -> BoardReport:
    """Made by one click, given words, sent, and approved."""
    erin, april = people
    desk = seat(erin)
    answer = desk.post(f"{DESK}report/", {"period": "2014"})
    draft = Proposal.objects.get()
    assert answer["Location"] == f"{DESK}{draft.pk}/report/"
    given = {"period": "2014", "summary": "A year.", "asks": "Time\nMoney", "then": "send"}
    assert desk.post(f"{DESK}{draft.pk}/edit/", given).status_code == 302
    draft.refresh_from_db()
    decided = seat(april).post(
        f"{DESK}{draft.pk}/decide/", {"act": "approve", "seen": version_of(draft)}
    )
    assert decided.status_code == 302
    return BoardReport.objects.get()


def got(path: str, client: Client | None = None) -> bytes:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content


def test_the_figures_are_those_of_the_matrix_and_of_the_employers_page(world, made):
    six = list(StaffPledge.objects.current())
    cells = next(r for r in rows(MatrixQuery(2014), six) if r.organisation == world.hospital).cells
    for one in made.data["pledges"]:
        cell = cells.get(one["number"])
        assert (cell is None) == (
            not one["adopted_on"] and not any(one["statuses"].values()) and not one["findings"]
        )
        if cell:
            assert one["statuses"] == {status: cell.statuses[status] for status in Action.Status}
            assert one["overdue"] == cell.overdue
            assert one["adopted_on"] == (cell.adopted_on and cell.adopted_on.isoformat())
            assert one["moved"] == cell.survey.__dict__
    whole = cells[TOTAL]
    assert made.data["whole"]["overdue"] == whole.overdue == 2
    assert sum(made.data["whole"]["statuses"].values()) == whole.actions == 5
    assert made.headline == whole.survey
    shown = {action.title for action in EmployerProfile.of(world.hospital).actions} - {
        "Not of the year"
    }
    assert {action["title"] for action in made.data["actions"]} == shown
    assert [row.title for row in made.overdue.rows] == ["Rotas", "Quiet rooms"]
    assert [row.title for row in made.milestones.rows] == [
        "Rooms are furnished",
        "Rooms are found",
    ]


def test_a_quarter_has_what_ran_in_it(world):
    quarter = take_snapshot(world.hospital, Period(2014, 4))
    assert {one["title"] for one in quarter["actions"]} == {"Quiet rooms", "Rotas", "Gym", "Later"}
    assert quarter["survey"]["year"] == 2014
    assert take_snapshot(world.hospital, Period(2012))["survey"] is None


def test_it_asks_as_often_for_much_as_for_little(world, database):
    numbers = []
    for _times in range(2):
        with CaptureQueriesContext(connection) as queries:
            take_snapshot(world.hospital, YEAR)
        numbers.append(len(queries))
        for action in list(Action.objects.of(world.hospital)):
            action.milestones.create(title="More", due=day(4))
            action.updates.create(on=day(4), text="More", status=action.status, value=1)
            more = make_action(list(StaffPledge.objects.current()), world.hospital, start=day(1))
            more.milestones.create(title="More", due=day(4))
    assert numbers[0] == numbers[1]


def test_what_is_published_is_what_was_sent_and_stays(people, seat, published, world):
    page = published.get_absolute_url()
    before = {kind: got(f"{page}{kind}") for kind in ("", "report.csv")}
    assert f'href="{page}"' in got("/employers/RXA/").decode()
    assert Client().get("/employers/RXA/report/2014/")["Location"] == page
    Action.objects.of(world.hospital).filter(title="Rotas").delete()
    Action.objects.of(world.hospital).update(title="Other")
    Adoption.objects.of(world.hospital).update(lead="Other")
    StaffPledge.objects.update(name="Other", short="Other")
    assert got(f"{page}report.csv") == before["report.csv"]
    link = re.compile(
        rb'<a href="/employers/actions/\d+/">([^<]*)</a>|csrf\w+="[^"]*"|nonce="[^"]*"'
    )
    assert link.sub(rb"\1", got(page)) == link.sub(rb"\1", before[""])


def test_a_newer_edition_replaces_one_and_the_older_says_so(people, seat, published):
    erin, april = people
    content = {"period": "2014", "summary": "Mended.", "asks": ""}
    draft = actions.propose(published.organisation, Proposal.Kind.REPORT, erin, content)
    sent = actions.send(draft)
    # What changes after it was sent is not in what the approver read.
    Action.objects.of(published.organisation).update(title="Other")
    actions.approve(sent, april, version_of(sent))
    second = BoardReport.objects.get(edition=2)
    assert "Rotas" in str(second.content)
    assert "Other" not in str(second.content)
    assert second.get_absolute_url() in got(published.get_absolute_url()).decode()
    assert list(BoardReport.objects.current()) == [second]
    newest = got(second.get_absolute_url()).decode()
    assert "newer edition" not in newest
    assert published.get_absolute_url() in newest


def test_a_draft_is_for_its_desk_alone(people, seat, world, alice, olga):
    erin, april = people
    other = looks_after("otto", Grant.Role.APPROVER, world.clinic)
    content = {"period": "2014", "summary": "Secret.", "asks": ""}
    draft = actions.propose(world.hospital, Proposal.Kind.REPORT, erin, content)
    paths = [f"{DESK}{draft.pk}/report{end}" for end in ("/", ".csv", ".pdf")]
    for path in paths:
        assert [seat(who).get(path).status_code for who in (None, alice, other)] == [302, 403, 403]
        # Nor by the address of another employer, whoever writes for that.
        assert seat(other).get(path.replace("RXA", "RXB")).status_code == 404
    for who in (erin, april, olga):
        assert all(b"Secret." in seat(who).get(path).content for path in paths[:2])
    assert "None is published yet" in got("/employers/RXA/report/").decode()
    assert Client().get("/employers/RXA/report/2014/").status_code == 404
    assert Client().get("/employers/RXA/report/2014/1/").status_code == 404
    assert "Draft" in PdfReader(io.BytesIO(got(paths[2], seat(erin)))).pages[-1].extract_text()


def test_each_chart_has_words_and_its_table(published, made):
    page = got(published.get_absolute_url()).decode()
    figures = re.findall(r"<figure.*?</figure>\s*<div[^>]*><table", page, re.DOTALL)
    titles = re.findall(r'focusable="false"><title>(.*?)</title>', page)
    # Actions, findings, and the findings of the two pledges that have any.
    assert len(figures) == len(titles) == page.count('role="img"') == 4
    assert "Under way 2" in titles[0]
    assert "KF1 50.0%, 70.0%, Improved" in "".join(titles)
    assert "<script" not in "".join(figures)


def test_csv_has_all_of_the_page_and_no_formula(published, made):
    text = got(f"{published.get_absolute_url()}report.csv").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert {line["name"] for line in lines} == {"'=SUM(A1) & <b>Sons</b>"}
    assert [line["value"] for line in lines[:3]] == ["A year.", "Time", "Money"]
    expected = [
        (table.key, table.subject, str(key), measure, str(value))
        for table in made.tables
        for key, _title, measure, value in table.records()
    ]
    names = ("part", "pledge", "row", "measure", "value")
    assert [tuple(line[name] for name in names) for line in lines[3:]] == expected
    page = got(published.get_absolute_url()).decode()
    assert "&lt;b&gt;Sons" in page
    at = [
        page.index(f'caption"><span>{table.title}</span></caption>')
        for table in made.tables
        if table.key != "glance"
    ]
    assert at == sorted(at)


def test_the_pdf_is_tagged_has_headings_in_order_and_says_what_charts_show(published, made):
    reader = PdfReader(io.BytesIO(got(f"{published.get_absolute_url()}report.pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert reader.metadata.title == made.title
    found = tags(reader)
    headings = [kind for kind, _alt in found if kind in ("/H1", "/H2", "/H3")]
    assert headings == ["/H1", *["/H2"] * 8, *["/H3"] * 6, *["/H2"] * 3]
    alternatives = [alt for kind, alt in found if kind == "/Figure"]
    charts = [table.chart.label for table in made.tables if table.chart]
    assert alternatives == charts
    assert len([kind for kind, _alt in found if kind == "/Caption"]) == len(made.tables) - 1
    bookmarks = [one.title for one in reader.outline[1] if not isinstance(one, list)]
    assert bookmarks[:3] == ["Summary", "What we ask of the board", "At a glance"]
    words = " ".join("".join(page.extract_text() for page in reader.pages).split())
    places = [words.index(title) for title in bookmarks]
    assert places == sorted(places)
    assert published.get_absolute_url() in words


def test_what_is_made_up_says_so_on_every_page_and_in_every_file(published):
    published.content["employer"]["demo"] = True
    published.save()
    page = published.get_absolute_url()
    assert "This employer does not exist" in got(page).decode()
    answer = Client().get(f"{page}report.pdf")
    assert "demo-" in answer["Content-Disposition"]
    for sheet in PdfReader(io.BytesIO(answer.content)).pages:
        assert "Demo" in sheet.extract_text()
    lines = csv.DictReader(io.StringIO(got(f"{page}report.csv").decode("utf-8-sig")))
    assert {line["demo"] for line in lines} == {"true"}
