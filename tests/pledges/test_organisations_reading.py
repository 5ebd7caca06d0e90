"""Files of organisations as they come: what is read, and how faults are told."""

import datetime
from pathlib import Path

import pytest

from geo.loaders.datasets import DataMissing, DataRefused
from pledges.organisations.loaders import details, ods


def line(code="RXZ", name="ZEAL HOSPITAL", postcode="BS1 1AA", opened="20100401", closed="") -> str:
    cells = [code, name, "Y58", "QUY", "1 THE STREET", "", "", "TOWN", "", postcode, opened, closed]
    return ",".join(f'"{cell}"' for cell in [*cells, *[""] * 15])


@pytest.fixture
def written(tmp_path):
    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "etr.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


def test_a_line_becomes_an_organisation(written):
    (entry,) = ods.read(written(line(code="rxz", closed="20200331")))
    assert (entry.code, entry.name, entry.postcode) == ("RXZ", "Zeal Hospital", "BS11AA")
    assert entry.opened == datetime.date(2010, 4, 1)
    assert entry.closed == datetime.date(2020, 3, 31)
    assert entry.grouping == "Y58"
    assert entry.shouted


def test_a_byte_order_mark_and_empty_lines_are_no_matter(written):
    assert len(ods.read(written(line(), "", line(code="RXY"), encoding="utf-8-sig"))) == 2


def test_every_faulty_line_is_named(written):
    path = written(
        line(),
        "RXA,Too short",
        line(code="RXB", name=""),
        line(code="R X", name="Spaced code"),
        line(code="RXC", opened="20230230"),
        line(code="RXD", opened="1 April"),
        line(code="RXE", opened="20200101", closed="20190101"),
        line(code="RXF", postcode="BS1 1AA 99"),
        line(),
    )
    with pytest.raises(DataRefused) as refused:
        ods.read(path)
    told = refused.value.description
    assert "8 faults, nothing loaded" in told
    for number, reason in (
        (2, "2 columns, 27 are wanted"),
        (3, "the name is empty"),
        (4, "'R X' is no organisation code"),
        (5, "'20230230' is a day that never was"),
        (6, "'1 April' is no day written YYYYMMDD"),
        (7, "closed before it opened"),
        (8, "'BS1 1AA 99' is no postcode"),
        (9, "RXZ stands on line 1 too"),
    ):
        assert f"line {number}: {reason}" in told


def test_of_very_many_faults_the_first_twenty_are_told(written):
    with pytest.raises(DataRefused) as refused:
        ods.read(written(*["broken"] * 50))
    assert "50 faults" in refused.value.description
    assert "line 20:" in refused.value.description
    assert "line 21:" not in refused.value.description
    assert "and 30 more" in refused.value.description


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b'"never closed\n', line(name="A\x01B").encode(), b"\x00" * 50],
    ids=["empty", "not-utf-8", "open-quotation", "control-character", "nul"],
)
def test_what_is_no_such_file_is_refused(tmp_path, content):
    path = tmp_path / "etr.csv"
    path.write_bytes(content)
    with pytest.raises(DataRefused):
        ods.read(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataMissing, match=r"nothing\.csv"):
        ods.read(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("shouted", "spoken"),
    [
        (
            "GUY'S AND ST THOMAS' NHS FOUNDATION TRUST",
            "Guy's and St Thomas' NHS Foundation Trust",
        ),
        ("THE ROYAL MARSDEN", "The Royal Marsden"),
        ("STOKE-ON-TRENT (THE CLINIC) LTD", "Stoke-on-Trent (The Clinic) Ltd"),
        ("O'NEILL'S AND MCMILLAN'S SURGERY", "O'Neill's and McMillan's Surgery"),
        ("NHS BATH ICB", "NHS Bath ICB"),
        ("1ST FLOOR, WARD B12", "1st Floor, Ward B12"),
        ("YSBYTY  GWYNEDD", "Ysbyty Gwynedd"),
        ("MÔN HOSPITAL", "Môn Hospital"),
        ("Barts and The London", "Barts and The London"),
        ("", ""),
    ],
)
def test_names_in_capitals_are_written_as_people_write_them(shouted, spoken):
    assert ods.title(shouted) == spoken


HEADER = ",".join(details.COLUMNS)


def test_details_hold_lists(written):
    path = written(HEADER, "RXZ,trust,Old Name|Older Name,Site,ZEAL.example.org,RXA|RXB,,a book")
    found = details.read(path)["RXZ"]
    assert found.former_names == ["Old Name", "Older Name"]
    assert found.email_domains == ["zeal.example.org"]
    assert found.predecessors == ["RXA", "RXB"]
    assert found.successors == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["code,kind"], "line 1: the columns are"),
        ([HEADER, "RXZ,palace,,,,,,"], "line 2: 'palace' is none of"),
        ([HEADER, ",trust,,,,,,"], "line 2: the code is empty"),
        ([HEADER, "RXZ,trust"], "line 2: 8 columns are wanted"),
        ([HEADER, "RXZ,trust,,,,,,,,"], "line 2: 8 columns are wanted"),
        ([HEADER, "RXZ,trust,,,,,,", "RXZ,trust,,,,,,"], "line 3: RXZ stands there twice"),
        ([HEADER, f"RXZ,trust,{'x' * 201},,,,,"], "is over 200 characters"),
    ],
)
def test_faulty_details_are_refused(written, lines, told):
    with pytest.raises(DataRefused) as refused:
        details.read(written(*lines))
    assert told in refused.value.description
