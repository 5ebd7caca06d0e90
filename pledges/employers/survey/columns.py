"""Which field is under which heading of a file: guessed from the headings, corrected by people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pledges.employers.survey.tables import Table

# The fields of a figure, and the headings that are often given to them.
ORGANISATION, FINDING, VALUE, N, LOW, HIGH = "organisation", "finding", "value", "n", "low", "high"
NAMES = {
    ORGANISATION: _("Code of the organisation"),
    FINDING: _("Number of the finding"),
    VALUE: _("Figure"),
    N: _("How many answered"),
    LOW: _("Lower confidence limit"),
    HIGH: _("Upper confidence limit"),
}
COMMON = {
    ORGANISATION: (
        *("organisation", "organisation code", "org code", "org id", "trust", "trust code"),
        *("code", "ods code", "ods"),
    ),
    FINDING: ("finding", "key finding", "kf", "indicator", "question", "measure", "number"),
    VALUE: ("value", "figure", "score", "percent", "percentage", "%", "result"),
    N: ("n", "base", "base size", "sample", "sample size", "respondents", "responses", "answers"),
    LOW: ("low", "lower", "lower limit", "lower ci", "lcl", "ci low", "lower confidence limit"),
    HIGH: ("high", "upper", "upper limit", "upper ci", "ucl", "ci high", "upper confidence limit"),
}
# The heading of a column of one finding: "KF7", "KF7 n", "Q3_lower".
OF_FINDING = re.compile(r"([a-z]{0,4}) ?0?([1-9][0-9]?)(?:[ _:(-]+([a-z% ]+?)\)?)?")
Columns = Mapping[str, str]  # field -> heading


@dataclass(frozen=True)
class Cell:
    """A cell and the heading of its column."""

    heading: str
    text: str


@dataclass(frozen=True)
class Entry:
    """The cells of one finding of one organisation; None where a field has no column."""

    line: int
    organisation: Cell
    finding: Cell
    value: Cell
    n: Cell | None = None
    low: Cell | None = None
    high: Cell | None = None


def guess(headings: Sequence[str]) -> dict[str, str]:
    """Return the fields whose column can be told from the headings alone."""
    plain = {_plain(heading): heading for heading in headings}
    found = {
        field: next((plain[name] for name in names if name in plain), "")
        for field, names in COMMON.items()
    }
    return {field: heading for field, heading in found.items() if heading}


def wide(columns: Columns, table: Table) -> dict[int, dict[str, str]]:
    """Return number of finding -> field -> heading, where each finding has columns of its own."""
    if columns.get(FINDING):
        return {}
    found: dict[int, dict[str, str]] = {}
    taken = set(columns.values())
    for heading in table.headings:
        match = OF_FINDING.fullmatch(_plain(heading))
        if match and heading not in taken:
            field = _field(match.group(3))
            if field:
                found.setdefault(int(match.group(2)), {}).setdefault(field, heading)
    return {number: own for number, own in found.items() if VALUE in own}


def missing(columns: Columns, table: Table) -> list[str]:
    """Return the required fields that have no column."""
    needed = [ORGANISATION]
    if not wide(columns, table):
        needed += [FINDING, VALUE]
    return [field for field in needed if not columns.get(field)]


def entries(columns: Columns, table: Table) -> Iterator[Entry]:
    """Yield the entries in the order of the lines. `columns` has no `missing` ones.

    Fields whose heading the table does not have are None.
    """
    place = {heading: at for at, heading in enumerate(table.headings)}
    each = wide(columns, table)
    for line in table.lines:
        cells = {heading: Cell(heading, line.cells[at]) for heading, at in place.items()}
        organisation = cells[columns[ORGANISATION]]
        if not each:
            finding, value = cells[columns[FINDING]], cells[columns[VALUE]]
            yield Entry(line.number, organisation, finding, value, *_optional(cells, columns))
        for number, own in each.items():
            # An organisation that was not asked has an empty cell: that is no withheld figure.
            if (value := cells[own[VALUE]]).text:
                finding = Cell(own[VALUE], str(number))
                more = _optional(cells, {N: columns.get(N, ""), **own})
                yield Entry(line.number, organisation, finding, value, *more)


def _optional(cells: Mapping[str, Cell], headings: Columns) -> tuple[Cell | None, ...]:
    return tuple(cells.get(headings.get(field, "")) for field in (N, LOW, HIGH))


def _field(word: str | None) -> str | None:
    if not word:
        return VALUE
    return next((field for field in (VALUE, N, LOW, HIGH) if word in COMMON[field]), None)


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split())
