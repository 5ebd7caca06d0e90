"""Figures of the survey read from files: columns, faults by line, all of them or none."""

import io
import zipfile

import pandas
import pyogrio
import pytest
from django.core.management import CommandError, call_command

from geo.uploads.reading import UploadRefused
from geo.uploads.storage import CheckedFile
from pledges.employers.models.survey import Change, Finding, IndicatorSet, PlaceChange
from pledges.employers.survey import columns, dry_run, importing, tables
from pledges.employers.survey import loaders as loading
from pledges.employers.survey.statistics import Reason, Verdict

HEAD = "Trust code,Key finding,Value,Base size,Lower limit,Upper limit\n"


@pytest.fixture
def survey(six) -> IndicatorSet:
    """The 28 key findings of 2013 and the scores of 2021."""
    loading.load(lambda words: None, force=True)
    return IndicatorSet.objects.get(year=2013)


def csv(text: str) -> tables.Table:
    return tables.read_table(CheckedFile(text.encode("utf-8-sig"), "csv", "text/csv"))


def checked(text: str, year: int = 2013) -> dry_run.DryRun:
    table = csv(text)
    return dry_run.dry_run(year, table, columns.guess(table.headings))


def put(year: int, text: str) -> None:
    found = checked(HEAD + text, year)
    assert found.ready, found.faults
    importing.save_findings(year, found.findings)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'


def workbook(sheet: str, **parts: str) -> bytes:
    """A workbook as a program may write one: its sheet, and other parts of `xl`, given as XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/strings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
            "</Types>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="x"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="x"'
            f' Type="{RELATIONS}/worksheet" Target="worksheets/a.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/a.xml", sheet)
        for name, content in {"strings": f'<sst xmlns="{MAIN}"/>', **parts}.items():
            archive.writestr(f"xl/{name}.xml", content)
    return made.getvalue()


def test_the_definitions_are_whole(survey):
    assert survey.indicators.count() == 28
    assert set(survey.indicators.values_list("pledge__number", flat=True)) == set(range(1, 7))
    promise = IndicatorSet.objects.in_year(2024)
    assert (promise.year, promise.indicators.count()) == (2021, 9)
    assert IndicatorSet.objects.in_year(2012) is None


def test_a_line_for_each_figure_or_for_each_organisation(survey, ground):
    code = ground.hospital.code
    long = checked(HEAD + f'{code},KF7,84.5%,"1,204",,\n{code.lower()},4,3.72,800,3.6,3.8\n')
    assert [(f.indicator.number, f.value, f.n, f.low) for f in long.findings] == [
        (7, 84.5, 1204, None),
        (4, 3.72, 800, 3.6),
    ]
    wide = checked(f"Org code;Respondents;KF7;KF11;KF11 n\n{code};900;84.5;*;12\n")
    assert [(f.indicator.number, f.value, f.n, f.suppressed) for f in wide.findings] == [
        (7, 84.5, 900, False),
        (11, None, None, True),
    ]


def test_few_answers_are_withheld_as_what_the_source_withheld(survey, ground):
    code = ground.hospital.code
    found = checked(HEAD + f"{code},1,90,10,,\n{code},2,*,400,,\n{code},5,55,11,,\n")
    assert [(f.suppressed, f.value, f.n) for f in found.findings] == [
        (True, None, None),
        (True, None, None),
        (False, 55, 11),
    ]


FAULTS = {
    "ZZZ9,7,50,100,,": ("Trust code", "No organisation"),
    "{code},29,50,100,,": ("Key finding", "29"),
    "{code},7,,100,,": ("Value", "Write *"),
    "{code},7,many,100,,": ("Value", "many"),
    "{code},7,nan,100,,": ("Value", "nan"),
    "{code},7,101,100,,": ("Value", "from 0 to 100"),
    "{code},4,0.5,100,,": ("Value", "from 1 to 5"),
    "{code},7,50,a few,,": ("Base size", "a few"),
    "{code},7,50,100,40,": ("Lower limit", "both"),
    "{code},7,50,100,60,70": ("Lower limit", "between"),
    "{code},7,=…,100,,": ("Value", "formula"),
}


@pytest.mark.parametrize("line", FAULTS)
def test_each_fault_names_its_line_and_column(survey, ground, line):
    code = ground.hospital.code
    found = checked(HEAD + f"{code},1,50,100,,\n" + line.format(code=code) + "\n")
    (fault,) = found.faults
    heading, words = FAULTS[line]
    assert (fault.line, fault.heading) == (3, heading)
    assert words in fault.words
    assert not found.ready


def test_a_figure_twice_and_shares_of_one_are_faults(survey, ground):
    code = ground.hospital.code
    assert checked(HEAD + f"{code},1,50,100,,\n{code},1,60,100,,\n").faults[0].line == 3
    shares = "".join(f"{code},{n},0.4,100,,\n" for n in (1, 2, 5, 6, 7))
    assert [fault.line for fault in checked(HEAD + shares).faults] == [0]


HOSTILE = {
    "no lines": b"a,b\n",
    "two columns of one name": b"a,A\n1,2\n",
    "an open quotation mark": b'a,b\n"1,2\n',
    "too long": b"a,b\n" + b"1,2\n" * 20_002,
    "too wide": b",".join(b"c%d" % n for n in range(300)) + b"\n1\n",
    "too large": b"a,b\n" + b" " * 5_000_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_files_that_hold_no_table_are_refused(what):
    with pytest.raises(UploadRefused):
        tables.read_table(CheckedFile(HOSTILE[what], "csv", "text/csv"))


SHEETS = {
    "a formula": ('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>', "=…"),
    "a shared formula": ('<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>', "=…"),
    "words in the cell": (
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>RW</t></r><r><t>1</t></r></is></c></row>',
        "RW1",
    ),
    "a shared string": (
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        "Birmingham",
    ),
    "a number": ("<row><c><v>45.2</v></c></row>", "45.2"),
    "a thousand": ("<row><c><v>1E3</v></c></row>", "1000"),
    "a number below rows that are left out": (
        '<row r="9"><c r="A9"><v>1</v></c><c r="XFD9"/></row>',
        "1",
    ),
}
STRINGS = (
    f'<sst xmlns="{MAIN}"><si><r><t>Birming</t></r><r><t>ham</t></r><rPh sb="0" eb="1"><t>b</t>'
    "</rPh></si></sst>"
)


@pytest.mark.parametrize("what", SHEETS)
def test_cells_of_workbooks(what):
    head = '<row r="1"><c r="A1" t="str"><v>Value</v></c></row>'
    data = workbook(SHEET % (head + SHEETS[what][0]), strings=STRINGS)
    table = tables.read_table(CheckedFile(data, "xlsx", ""))
    assert table.lines[0].cells == (SHEETS[what][1],)
    assert table.lines[0].number == (9 if "left out" in what else 2)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
TWO_ROWS = "<row><c><v>1</v></c></row>" * 2
BROKEN = {
    "a document type": (f'<!DOCTYPE a [<!ENTITY b "c">]>{SHEET % TWO_ROWS}', {}, "damaged"),
    "entities of entities": (
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>{SHEET % "<row><c><v>&l11;</v></c></row>"}',
        {},
        "damaged",
    ),
    "entities in strings": (
        SHEET % TWO_ROWS,
        {"strings": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><sst xmlns="{MAIN}">&l11;</sst>'},
        "damaged",
    ),
    "a cell far out": (SHEET % '<row r="1"><c r="XFD1"><v>1</v></c></row>', {}, "200 columns"),
    "a row far down": (SHEET % '<row r="9999999"><c r="A1"><v>1</v></c></row>', {}, "too much"),
    "empty cells without end": (SHEET % ('<row><c r="XFD1"/></row>' * 300), {}, "too much"),
    "elements without end": (SHEET % ("<a/>" * 1_500_001), {}, "too much"),
    "styles without end": (SHEET % TWO_ROWS, {"styles": " " * 1_100_000}, "too much"),
    "no such shared string": (SHEET % '<row r="1"><c t="s"><v>9</v></c></row>', {}, "damaged"),
    "no number": (SHEET % "<row><c><v>many</v></c></row>", {}, "damaged"),
    "not closed": (f'<worksheet xmlns="{MAIN}"><sheetData><row>', {}, "damaged"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_workbooks_that_are_broken_or_hostile_are_refused(what):
    sheet, parts, reason = BROKEN[what]
    with pytest.raises(UploadRefused, match=reason):
        tables.read_table(CheckedFile(workbook(sheet, **parts), "xlsx", ""))


def test_what_is_no_workbook_is_refused():
    for data in (b"PK", workbook(SHEET % TWO_ROWS)[:-100]):
        with pytest.raises(UploadRefused, match="damaged"):
            tables.read_table(CheckedFile(data, "xlsx", ""))


def test_a_workbook_of_another_program(survey, ground, tmp_path):
    code = ground.hospital.code
    given = {"Org code": [code, code], "KF": ["KF1", "KF4"], "Score": [71.25, 3.5], "N": [90, 11]}
    path = tmp_path / "figures.xlsx"
    pyogrio.write_dataframe(pandas.DataFrame(given), path)
    call_command("import_survey", path, "--year", "2013")
    rows = Finding.objects.order_by("indicator__number")
    assert list(rows.values_list("value", "n")) == [(71.25, 90), (3.5, 11)]


def test_with_a_fault_nothing_is_imported(survey, ground, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(HEAD + f"{ground.hospital.code},1,50,100,,\nZZZ,1,50,100,,\n")
    with pytest.raises(CommandError, match="Nothing"):
        call_command("import_survey", path, "--year", "2013")
    assert not Finding.objects.exists()


def test_what_became_of_each_finding(survey, ground):
    one, two = ground.hospital.code, ground.clinic.public_code
    put(2013, f"{one},1,50,400,,\n{one},5,60,400,,\n{one},4,3.5,400,3.4,3.6\n{one},9,3.5,400,,\n")
    put(2013, f"{two},1,50,400,,\n{two},2,*,,,\n")
    put(
        2014,
        f"{one},1,60,400,,\n{one},5,70,400,,\n{one},4,3.5,400,3.4,3.6\n{one},9,3.7,400,,\n"
        f"{two},1,70,400,,\n{two},2,70,400,,\n{two},6,70,400,,\n",
    )
    rows = Change.objects.in_year(2014)
    found = {(c.organisation_id, c.indicator.number): (c.verdict, c.why) for c in rows}
    hospital, clinic = ground.hospital.pk, ground.clinic.pk
    assert found == {
        (hospital, 1): (Verdict.IMPROVED, Reason.NONE),
        (hospital, 5): (Verdict.WORSE, Reason.NONE),
        (hospital, 4): (Verdict.SAME, Reason.NONE),
        (hospital, 9): (Verdict.UNTESTED, Reason.NO_LIMITS),
        (clinic, 1): (Verdict.IMPROVED, Reason.NONE),
        (clinic, 2): (Verdict.UNTESTED, Reason.WITHHELD),
        (clinic, 6): (Verdict.UNTESTED, Reason.NO_YEAR_BEFORE),
    }
    nationally = PlaceChange.objects.in_year(2014).national().get(indicator__number=1)
    assert (nationally.before, nationally.value, nationally.organisations) == (50, 65, 2)
    head = PlaceChange.objects.in_year(2014).national().headline()
    assert (head.improved, head.tested, head.untested) == (1, 3, 3)
    # A corrected figure of the year before is seen in the year after it.
    put(2013, f"{one},1,60,400,,\n")
    assert Change.objects.get(year=2014, organisation=hospital, indicator__number=1).verdict == 2


def test_another_question_is_compared_with_nothing(survey, ground):
    code = ground.hospital.code
    put(2020, f"{code},1,50,400,,\n{code},23,3.5,400,3.4,3.6\n")
    put(2021, f"{code},1,6.5,400,6.4,6.6\n")
    assert Change.objects.get(year=2021).why == Reason.QUESTION_CHANGED
    put(2023, f"{code},1,6.9,400,6.8,7.0\n")
    assert Change.objects.get(year=2023).why == Reason.NO_YEAR_BEFORE


def test_a_question_that_goes_on_is_compared_across_the_sets(survey, ground):
    code = ground.hospital.code
    now = IndicatorSet.objects.get(year=2021).indicators.get(number=9)
    now.continues = survey.indicators.get(number=23)
    now.save()
    put(2020, f"{code},23,3.5,400,3.4,3.6\n")
    put(2021, f"{code},9,4.5,400,4.4,4.6\n")
    assert Change.objects.get(year=2021).verdict == Verdict.IMPROVED


def test_fictional_organisations_count_only_among_themselves(survey, ground):
    ground.clinic.demo = True
    ground.clinic.save()
    real, fictional = ground.hospital.code, ground.clinic.public_code
    put(2013, f"{fictional},1,50,400,,\n")
    put(2014, f"{fictional},1,90,400,,\n")
    assert PlaceChange.objects.in_year(2014).national().get().demo
    put(2013, f"{real},1,50,400,,\n")
    put(2014, f"{real},1,51,400,,\n")
    nationally = PlaceChange.objects.in_year(2014).national().get()
    assert (nationally.demo, nationally.value) == (False, 51)
