"""Import and export: a dry run that names each fault, then all of it or nothing."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pledges.organisations.models import Organisation
from pledges.pledging.models import Theme
from tests.factories import make_organisation

IMPORT = "/admin/pledges/organisation/import/"
PROCESS = "/admin/pledges/organisation/process_import/"
HEAD = "code,slug,name,kind,former_names,site_names,email_domains,postcode,opened,closed\n"


def send(desk: Client, text: str, address: str = IMPORT, kind: str = "0"):
    file = SimpleUploadedFile("rows.csv", text.encode(), content_type="text/csv")
    return desk.post(address, {"import_file": file, "format": kind, "resource": "0"})


def confirm(desk: Client, looked_over, address: str = PROCESS):
    given = looked_over.context["confirm_form"].initial
    return desk.post(address, {name: str(value) for name, value in given.items()})


def test_what_would_change_is_shown_and_then_done(desk, ground, pledge):
    made = pledge("I will listen.", organisation=ground.hospital)
    rows = "rxa,,Alderham Infirmary,trust,Old One|Older One,,,BS1 1AA,,\n"
    rows += ",,New Society,other,,,,,,\n"
    looked = send(desk, HEAD + rows)
    page = looked.content.decode()
    assert "New: 1. Changed: 1." in page
    assert Organisation.objects.get(code="RXA").name == "Alderham Hospital"
    assert confirm(desk, looked).status_code == 302
    changed = Organisation.objects.get(code="RXA")
    assert (changed.name, changed.former_names) == ("Alderham Infirmary", ["Old One", "Older One"])
    made.refresh_from_db()
    assert made.location.coords == changed.location.coords == (-3.0, 51.0)
    assert Organisation.objects.get(slug="new-society").code is None
    assert list(Organisation.objects.called("older one")) == [changed]


FAULTS = {
    "a name is missing": (",x,,other,,,,,,\n", "name"),
    "no such kind": (",x,X,hotel,,,,,,\n", "kind"),
    "no such postcode": (",x,X,other,,,,ZZ9 9ZZ,,\n", "postcode"),
    "no day": (",x,X,other,,,,,32 May,\n", "opened"),
    "a slug that another has": (",alderham-hospital,X,other,,,,,,\n", "slug"),
    "control characters": (",x,X\x01,other,,,,,,\n", "control"),
    "too long": (f",x,{'X' * 201},other,,,,,,\n", "name"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_line_and_nothing_is_imported(desk, ground, fault):
    row, named = FAULTS[fault]
    answer = send(desk, HEAD + ",good,Good,other,,,,,,\n" + row)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "confirm_form" not in answer.context or answer.context.get("confirm_form") is None
    assert "Line 2" in page
    assert named in page.partition("Line 2")[2][:300]
    assert "Traceback" not in page
    assert not Organisation.objects.filter(slug="good").exists()


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "name\n", "penguins\n1\n", '"', "<script>alert(7)</script>\n1\n", "\ufeff", "[1]"],
)
@pytest.mark.parametrize("kind", ["0", "1", "7", "x"])
def test_a_file_may_be_anything(desk, ground, text, kind):
    before = Organisation.objects.count()
    answer = send(desk, text, kind=kind)
    assert answer.status_code in (200, 400)
    assert "<script>alert(7)" not in answer.content.decode()
    assert Organisation.objects.count() == before


def test_what_was_not_looked_over_is_not_imported(desk):
    for name in ("", "x", "../../etc/passwd", "0" * 32):
        said = {"import_file_name": name, "format": "0", "original_file_name": "x"}
        answer = desk.post(PROCESS, said)
        assert answer["Location"] == IMPORT
    assert desk.get(PROCESS).status_code == 405


def test_an_export_is_no_formula_and_comes_back_as_it_was(desk, ground):
    wicked = make_organisation(None, "=HYPERLINK(1)", None, None, former_names=["@SUM(1)"])
    Organisation.objects.filter(pk=wicked.pk).update(slug="wicked")
    address = "/admin/pledges/organisation/export/"
    chosen = {f"organisations_{name}": "on" for name in HEAD.strip().split(",")}
    answer = desk.post(address, {"format": "0", "resource": "0", **chosen})
    rows = {row["slug"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    assert rows["wicked"]["name"] == "'=HYPERLINK(1)"
    assert rows["wicked"]["former_names"] == "'@SUM(1)"
    assert rows["alderham-hospital"]["code"] == "RXA"
    looked = send(desk, answer.content.decode())
    assert "New: 0. Changed: 0." in looked.content.decode()


def test_themes_come_and_go_as_json(desk, ground):
    address = "/admin/pledges/theme/import/"
    rows = [{"number": 1, "slug": Theme.objects.get(pk=1).slug, "name": "Anew"}]
    looked = send(desk, json.dumps(rows), address, "1")
    assert "Changed: 1" in looked.content.decode()
    assert confirm(desk, looked, "/admin/pledges/theme/process_import/").status_code == 302
    assert Theme.objects.get(pk=1).name == "Anew"
    for number in (0, 13, -1, "x"):
        answer = send(desk, json.dumps([{**rows[0], "number": number}]), address, "1")
        assert "Line 1" in answer.content.decode()
