"""Figures of the survey read from files: columns, faults by line, all of them or none."""

import io
import zipfile

import pandas
import pyogrio
import pytest
from django.core.management import CommandError, call_command

from geo.uploads.reading import Refused
from geo.uploads.storage import Checked
from pledges.employers.models.survey import Change, Finding, IndicatorSet, PlaceChange
from pledges.employers.survey import columns, dry_run, importing, tables
from pledges.employers.survey import loaders as loading
from pledges.employers.survey.statistics import Verdict, Why

HEAD = "Trust code,Key finding,Value,Base size,Lower limit,Upper limit\n"


@pytest.fixture
def survey(six) -> IndicatorSet:
    """The 28 key findings of 2013 and the scores of 2021."""
    loading.load(lambda words: None, force=True)
    return IndicatorSet.objects.get(year=2013)


def csv(text: str) -> tables.Table:
    return tables.read_table(Checked(text.encode("utf-8-sig"), "csv", "text/csv"))


def tried(text: str, year: int = 2013) -> dry_run.Trial:
    table = csv(text)
    return dry_run.try_table(year, table, columns.guess(table.headings))


def put(year: int, text: str) -> None:
    trial = tried(HEAD + text, year)
    assert trial.ready, trial.faults
    importing.write(year, trial.findings)


def workbook(*rows: str) -> bytes:
    """A workbook as a program may write one: its cells are given as XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml", '<w xmlns:r="r"><sheets><sheet name="a" r:id="x"/></sheets></w>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<R><Relationship Id="x" Target="worksheets/a.xml"/></R>',
        )
        archive.writestr(
            "xl/worksheets/a.xml", f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"
        )
    return made.getvalue()


def test_the_definitions_are_whole(survey):
    assert survey.indicators.count() == 28
    assert set(survey.indicators.values_list("pledge__number", flat=True)) == set(range(1, 7))
    promise = IndicatorSet.objects.in_year(2024)
    assert (promise.year, promise.indicators.count()) == (2021, 9)
    assert IndicatorSet.objects.in_year(2012) is None


def test_a_line_for_each_figure_or_for_each_organisation(survey, ground):
    code = ground.hospital.code
    long = tried(HEAD + f'{code},KF7,84.5%,"1,204",,\n{code.lower()},4,3.72,800,3.6,3.8\n')
    assert [(f.indicator.number, f.value, f.n, f.low) for f in long.findings] == [
        (7, 84.5, 1204, None),
        (4, 3.72, 800, 3.6),
    ]
    wide = tried(f"Org code;Respondents;KF7;KF11;KF11 n\n{code};900;84.5;*;12\n")
    assert [(f.indicator.number, f.value, f.n, f.suppressed) for f in wide.findings] == [
        (7, 84.5, 900, False),
        (11, None, None, True),
    ]


def test_few_answers_are_withheld_as_what_the_source_withheld(survey, ground):
    code = ground.hospital.code
    trial = tried(HEAD + f"{code},1,90,10,,\n{code},2,*,400,,\n{code},5,55,11,,\n")
    assert [(f.suppressed, f.value, f.n) for f in trial.findings] == [
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
    trial = tried(HEAD + f"{code},1,50,100,,\n" + line.format(code=code) + "\n")
    (fault,) = trial.faults
    heading, words = FAULTS[line]
    assert (fault.line, fault.heading) == (3, heading)
    assert words in fault.words
    assert not trial.ready


def test_a_figure_twice_and_shares_of_one_are_faults(survey, ground):
    code = ground.hospital.code
    assert tried(HEAD + f"{code},1,50,100,,\n{code},1,60,100,,\n").faults[0].line == 3
    shares = "".join(f"{code},{n},0.4,100,,\n" for n in (1, 2, 5, 6, 7))
    assert [fault.line for fault in tried(HEAD + shares).faults] == [0]


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
    with pytest.raises(Refused):
        tables.read_table(Checked(HOSTILE[what], "csv", "text/csv"))


SHEETS = {
    "a formula": ('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>', "=…"),
    "words in the cell": (
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>RW</t></r><r><t>1</t></r></is></c></row>',
        "RW1",
    ),
    "a number": ("<row><c><v>45.2</v></c></row>", "45.2"),
}


@pytest.mark.parametrize("what", SHEETS)
def test_cells_of_workbooks(what):
    head = '<row r="1"><c r="A1" t="str"><v>Value</v></c></row>'
    data = workbook(head, SHEETS[what][0])
    table = tables.read_table(Checked(data, "xlsx", ""))
    assert table.lines[0].cells == (SHEETS[what][1],)


BROKEN = {
    "a document type": '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>',
    "a cell far out": '<worksheet><row r="1"><c r="XFD1"><v>1</v></c></row></worksheet>',
    "a row far down": '<worksheet><row r="9999999"><c r="A1"><v>1</v></c></row></worksheet>',
    "no such shared string": '<worksheet><row r="1"><c t="s"><v>9</v></c></row></worksheet>',
    "not closed": "<worksheet><row>",
}


@pytest.mark.parametrize("what", BROKEN)
def test_workbooks_that_are_broken_or_hostile_are_refused(what):
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/worksheets/b.xml", BROKEN[what])
        archive.writestr("xl/_rels/x", "")
    data = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(data, "w") as after:
        for name in before.namelist():
            content = before.read(name).replace(b"worksheets/a.xml", b"worksheets/b.xml")
            after.writestr(name, content)
    with pytest.raises(Refused):
        tables.read_table(Checked(data.getvalue(), "xlsx", ""))


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
        (hospital, 1): (Verdict.IMPROVED, Why.NOTHING),
        (hospital, 5): (Verdict.WORSE, Why.NOTHING),
        (hospital, 4): (Verdict.SAME, Why.NOTHING),
        (hospital, 9): (Verdict.UNTESTED, Why.NO_LIMITS),
        (clinic, 1): (Verdict.IMPROVED, Why.NOTHING),
        (clinic, 2): (Verdict.UNTESTED, Why.HIDDEN),
        (clinic, 6): (Verdict.UNTESTED, Why.NO_YEAR_BEFORE),
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
    assert Change.objects.get(year=2021).why == Why.QUESTION_CHANGED
    put(2023, f"{code},1,6.9,400,6.8,7.0\n")
    assert Change.objects.get(year=2023).why == Why.NO_YEAR_BEFORE


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
