"""Tables, charts and CSV that every dashboard and report is made with."""

import csv
import io
import re

import pytest
from django.template.loader import render_to_string

from geo.core import charts
from geo.core.charts import BLUE, GREEN, Move, Stack
from geo.core.csv import dumps, unsafe
from geo.core.tables import (
    CHANGE,
    COUNT,
    PEOPLE,
    RATE,
    SHARE,
    TEXT,
    Cell,
    Column,
    Row,
    Table,
    measured,
)

WRITTEN = [
    (COUNT, 7, (7, "7")),
    (COUNT, 1204, (1204, "1,204")),
    (COUNT, None, ("", "–")),
    (CHANGE, 12, (12, "+12")),
    (CHANGE, -1200, (-1200, "-1,200")),
    (SHARE, 0.4321, ("0.4321", "43.2%")),
    (SHARE, 1.0, ("1", "100%")),
    (RATE, 2.71828, ("2.7183", "2.7")),
    (PEOPLE, None, ("hidden", "hidden, under 5 or near it")),
    (TEXT, "a & b", ("a & b", "a & b")),
    (COUNT, measured(70, 1, "%"), (70, "70.0%")),
]


@pytest.mark.parametrize(("kind", "value", "cell"), WRITTEN)
def test_how_a_value_is_written_in_files_and_on_pages(kind, value, cell):
    assert Column("c", "C", kind).cell(value)[:2] == cell


def test_a_table_is_the_same_as_html_and_as_records():
    late = Cell(3, "3", more="<since May>", tone="red")
    table = Table(
        "t",
        "A & B",
        "Place",
        [Column("n", "Number"), Column("why", "Why", TEXT)],
        [
            Row("a", "East", (late, Cell("x", "X", link="/x/")), link="/a/"),
            Row("b", "West", (None, ""), link="/b/?c=1"),
            Row("total", "All", (1234, "<b>"), sums=True),
        ],
    )
    assert list(table.records()) == [
        ("a", "East", "n", 3),
        ("a", "East", "why", "x"),
        ("b", "West", "n", ""),
        ("b", "West", "why", ""),
        ("total", "All", "n", 1234),
        ("total", "All", "why", "<b>"),
    ]
    assert table.values("n") == [late, None]
    html = render_to_string("includes/table.html", {"table": table, "query_string": "since=2014"})
    assert '<a href="/a/?since=2014">East</a>' in html
    assert '<a href="/b/?c=1">West</a>' in html
    assert '<strong class="tone tone--red">3</strong>' in html
    assert '<span class="quiet">&lt;since May&gt;</span>' in html
    assert '<td><a href="/x/">X</a></td>' in html
    assert '<tr class="sum"><th scope="row">All</th><td class="number">1,234</td>' in html
    assert "<b>" not in html
    assert "<a " not in render_to_string("includes/table.html", {"table": table, "paper": True})


def test_no_cell_of_csv_is_a_formula_and_none_is_lost():
    values = ["=1+1", "+44 20", "-5", "-5.5", "@a", " =a", "\t=a", "plain", '"', "a\nb", "|x"]
    (line,) = csv.reader(io.StringIO(dumps([values])))
    assert [unsafe(cell) for cell in line] == values
    assert [cell for cell in line if re.match(r"\s*[=+@|]", cell)] == []
    assert line[2:4] == ["-5", "-5.5"]
    assert dumps([[None, True, 3, 0.5]]) == ",true,3,0.5\r\n"


def test_charts_draw_what_the_numbers_are():
    key = [("Open", BLUE), ("Done", GREEN)]
    chart = charts.columns("By year", key, [Stack("2013", (1, 0)), Stack("2014", (2, 2))])
    assert chart.scale == ("5", "2")
    heights = [float(one.height) for one in chart.rects if one.fill in (BLUE.fill, GREEN.fill)]
    assert heights == [20, 40, 40]
    assert chart.label == "By year, from 2013 to 2014; most, 4, in 2014."
    bar = charts.shares("By theme", [("Care", 1, "#111"), ("Staff", 3, "#222"), ("Not", 0, "#333")])
    assert [(one.x, one.width) for one in bar.rects] == [("0", "250"), ("250", "750")]
    bars = charts.stacked("Actions", key, [Stack("A", (1, 1)), Stack("B", (4, 0), "late")])
    widths = [one.width for one in bars.rects if one.fill == BLUE.fill and one.height == "16"]
    assert widths == ["85", "340"]
    moved = charts.moves("Findings", ("2013", "2014"), [Move("KF1", 0.5, 2, "up", GREEN)])
    assert [dot.x for dot in moved.dots][-2:] == ["170", "334"]


def test_nothing_to_see_is_no_chart():
    assert charts.columns("None", [("All", BLUE)], []) is None
    assert charts.columns("None", [("All", BLUE)], [Stack("2013", (0,))]) is None
    assert charts.shares("None", [("Care", 0, "#111")]) is None
    assert charts.stacked("None", [("All", BLUE)], [Stack("A", (0,))]) is None
    assert charts.moves("None", ("2013", "2014"), [Move("KF1", 0.5, None, "", BLUE)]) is None
