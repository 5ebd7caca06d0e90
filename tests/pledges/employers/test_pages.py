"""What everybody reads of employers: pledges, good practice near a place, the first day at work."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from geo import uploads
from geo.uploads.storage import CheckedFile
from pledges.employers.models.actions import Evidence
from pledges.employers.models.adoptions import Values
from pledges.organisations.merge import merge


def titles(client, query: str) -> list[str]:
    """The actions of a page of good practice, in their order."""
    answer = client.get(f"/employers/practice/{query}")
    assert answer.status_code == 200
    return [action.title for action in answer.context["actions"]]


def test_good_practice_is_found_by_words_pledge_kind_and_distance(client, action, ground):
    ground.clinic.kind = "community"
    ground.clinic.save()
    action("Quiet rooms", pledges=[1, 4], good_practice=True)
    action("Night buses", pledges=[4], good_practice=True, organisation=ground.clinic)
    action("Of no place", good_practice=True, organisation=ground.nowhere)
    action("Not shared")
    assert titles(client, "") == ["Of no place", "Night buses", "Quiet rooms"]
    assert titles(client, "?q=room") == ["Of no place", "Night buses", "Quiet rooms"]
    assert titles(client, "?q=buses") == ["Night buses"]
    assert titles(client, "?pledge=wellbeing") == ["Night buses", "Quiet rooms"]
    assert titles(client, "?kind=community") == ["Night buses"]
    # The clinic lies in Birchester, some 100 kilometres from the hospital.
    assert titles(client, "?place=RXB&within=50") == ["Night buses"]
    assert titles(client, "?place=RXB&within=250") == ["Night buses", "Quiet rooms"]
    assert titles(client, "?place=nowhere-at-all") == []
    assert client.get("/employers/practice/?within=7").status_code == 400


def test_a_pledge_tells_how_many_adopted_it_and_what_they_do(client, six, adoption, action, ground):
    adoption(1)
    adoption(1, organisation=ground.clinic, ended_on="2026-02-01")
    action(status="done", ended_on="2026-03-01", good_practice=True)
    page = client.get("/employers/pledges/environment/")
    assert page.context["adopted"] == 1
    assert dict(page.context["numbers"])["done"] == 1
    assert "Quiet rooms" in page.content.decode()
    assert "adopted" in client.get("/organisations/RXA/").content.decode()
    # The clinic's adoption has ended, and it says nothing else.
    assert "Pledges to staff</h2>" not in client.get("/organisations/RXB/").content.decode()


def test_a_page_asks_as_often_for_much_as_for_little(
    client, six, action, adoption, django_assert_num_queries
):
    def fill(number: int) -> None:
        made = action(f"Action {number}", pledges=[number, 6], good_practice=True)
        made.updates.create(on="2026-02-01", text="Begun.", status="planned")
        made.milestones.create(title="Half", due="2026-02-01")
        adoption(number)

    fill(1)
    paths = ("/employers/RXA/", "/employers/RXA/induction/", "/employers/practice/")
    asked = {}
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked[path] = len(queries)
    for number in (2, 3, 4, 5):
        fill(number)
    for path in paths:
        with django_assert_num_queries(asked[path]):
            client.get(path)


def test_evidence_is_given_as_a_file_and_never_as_a_page(client, action):
    file = uploads.save_upload(CheckedFile(b"%PDF-1.7 1 %%EOF", "pdf", "application/pdf"))
    made = Evidence.objects.create(action=action(), title="Counts", upload=file)
    answer = client.get(f"/employers/evidence/{made.pk}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="Counts.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.fixture
def welcome(adoption, action, ground) -> None:
    adoption(6)
    action("Quiet rooms", pledges=[1])
    Values.objects.create(
        organisation=ground.hospital, statement="We listen.", help="Room 4, in confidence"
    )


def test_a_recruit_reads_it_on_paper_too(client, welcome, settings):
    pdf = client.get("/employers/RXA/induction.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(pdf.content))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    told = ("Encouragement and support to raise concerns", "We listen.", "Quiet rooms", "Room 4")
    assert [words for words in told if words not in text] == []
    assert f"{settings.SITE_URL.partition('://')[2]}/employers/RXA/induction/" in text
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.outline[0]["/Title"] == "Welcome"
    tagged = str(paper.trailer["/Root"]["/StructTreeRoot"])
    assert tagged
    page = client.get("/employers/RXA/induction/").content.decode()
    assert [words for words in told if words not in page] == []
    assert "data:image/png;base64," in page


def test_a_printed_code_leads_on_when_its_employer_was_merged(client, welcome, ground, olga):
    merge(ground.hospital, ground.clinic, olga)
    for path in ("/employers/RXA/", "/employers/RXA/induction/"):
        moved = client.get(path)
        assert moved["Location"] == path.replace("RXA", "RXB")
        assert "We listen." in client.get(moved["Location"]).content.decode()


def test_an_employer_that_published_nothing_has_no_pack(client, six):
    assert client.get("/employers/RXB/induction/").status_code == 404
    assert "has not published anything" in client.get("/employers/RXB/").content.decode()
    assert client.get("/employers/rxb/")["Location"] == "/employers/RXB/"
