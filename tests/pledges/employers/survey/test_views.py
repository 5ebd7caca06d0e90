"""The pages of an import: hostile files answer clearly, and nothing that was given is lost."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pledges.accounts.retention import forget
from pledges.employers.models.survey import Change, Finding, Indicator, SurveyImport
from pledges.employers.survey import importing
from pledges.employers.survey import loaders as loading
from tests.pledges.employers.survey_data import save_percentages

PATH = "/employers/survey/import/"
GOOD = b"Org code,KF1,KF1 n\nRXA,50,400\n"


@pytest.fixture
def desk(six, seat, olga):
    loading.load(lambda words: None, force=True)
    return seat(olga)


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return made.getvalue()


HOSTILE = {
    "not UTF-8": ("Org code,KF1\nRXA,£50\n".encode("latin-1"), "not UTF-8"),
    "UTF-16": ("Org code,KF1\nRXA,50\n".encode("utf-16"), "not UTF-8"),
    "a zip bomb": (bomb(), "too much in it"),
    "half a workbook": (bomb()[:5000], "damaged"),
    "a page": (b"<html><script>alert(1)</script>", "kind"),
    "no table": (b"hello", "no table"),
    "nothing": (b"", "empty"),
    "too large": (b"a,b\n" + b"1,2\n" * 1_200_000, "too large"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_with_a_reason(desk, what):
    data, words = HOSTILE[what]
    file = SimpleUploadedFile("figures.csv", data)
    answer = desk.post(PATH, {"year": "2013", "file": file})
    assert answer.status_code == 400
    (said,) = answer.context["form"].errors["file"]
    assert words in said or (what == "a page" and "know" in said)
    assert not SurveyImport.objects.exists()


def test_what_was_given_stays_until_it_is_imported_once(desk):
    answer = desk.post(PATH, {"year": "2013", "file": SimpleUploadedFile("a.csv", GOOD)})
    job = SurveyImport.objects.get()
    assert answer.headers["Location"] == f"{PATH}{job.pk}/"
    wrong = {"organisation": "KF1", "n": "KF1"}
    refused = desk.post(f"{PATH}{job.pk}/columns/", wrong)
    assert refused.status_code == 400
    assert "chosen twice" in refused.content.decode()
    # A file that is refused leaves the one before where it is.
    bad = SimpleUploadedFile("b.csv", b"hello")
    assert desk.post(f"{PATH}{job.pk}/", {"file": bad}).status_code == 400
    assert "Import 1 figure" in desk.get(f"{PATH}{job.pk}/").content.decode()
    for _twice in range(2):
        desk.post(f"{PATH}{job.pk}/import/")
    job.refresh_from_db()
    assert (job.figures, job.upload, Finding.objects.count()) == (1, None, 1)
    assert desk.get(f"{PATH}{job.pk}/").headers["Location"] == PATH


def test_a_fault_that_came_meanwhile_stops_the_import(desk, ground):
    desk.post(PATH, {"year": "2013", "file": SimpleUploadedFile("a.csv", GOOD)})
    ground.hospital.code = "RXZ"
    ground.hospital.save()
    job = SurveyImport.objects.get()
    answer = desk.post(f"{PATH}{job.pk}/import/", follow=True)
    assert "Nothing was imported" in answer.content.decode()
    assert not importing.finish_import(job).ready
    assert not Finding.objects.exists()


def test_files_that_nobody_imported_go(desk):
    desk.post(PATH, {"year": "2013", "file": SimpleUploadedFile("a.csv", GOOD)})
    forget()
    assert SurveyImport.objects.count() == 1
    SurveyImport.objects.update(created_at=timezone.now() - datetime.timedelta(days=91))
    forget()
    assert not SurveyImport.objects.exists()


def test_changes_are_recomputed_where_a_question_is_corrected(desk, ground):
    save_percentages(2013, {ground.hospital: 50})
    save_percentages(2014, {ground.hospital: 70})
    first = Indicator.objects.get(set__year=2013, number=1)
    assert Change.objects.get(indicator=first, year=2014).verdict_word == "improved"
    fields = ("words", "words_cy", "unit", "low", "high")
    given = {name: getattr(first, name) for name in fields} | {"pledge": first.pledge_id}
    desk.post(f"/admin/employers/indicator/{first.pk}/change/", given)  # no box ticked
    assert Change.objects.get(indicator=first, year=2014).verdict_word == "worse"
    page = desk.get(f"/organisations/{ground.hospital.code}/").content.decode()
    assert "3 of the 5 key findings improved" in page
