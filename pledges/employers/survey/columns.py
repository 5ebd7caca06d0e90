"""Under which heading of a file what is found: guessed from the headings, corrected by people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pledges.employers.survey.tables import Table

# What may be found in a column, and the headings that are often given to it.
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
# The same as a part of a heading of a column for each finding: "KF7 n", "Q3_lower".
OF_FINDING = re.compile(r"([a-z]{0,4}) ?0?([1-9][0-9]?)(?:[ _:(-]+([a-z% ]+?)\)?)?")
Columns = Mapping[str, str]  # what -> heading


@dataclass(frozen=True)
class Cell:
    """A cell, and the heading under which it stands."""

    heading: str
    text: str


@dataclass(frozen=True)
class Entry:
    """What a file says of one finding of one organisation, unread; None where it has no column."""

    line: int
    organisation: Cell
    finding: Cell
    value: Cell
    n: Cell | None = None
    low: Cell | None = None
    high: Cell | None = None


def guess(headings: Sequence[str]) -> dict[str, str]:
    """Return what can be told from the headings alone."""
    plain = {_plain(heading): heading for heading in headings}
    found = {
        what: next((plain[name] for name in names if name in plain), "")
        for what, names in COMMON.items()
    }
    return {what: heading for what, heading in found.items() if heading}


def wide(columns: Columns, table: Table) -> dict[int, dict[str, str]]:
    """Return number of finding -> what -> heading, where each finding has columns of its own."""
    if columns.get(FINDING):
        return {}
    found: dict[int, dict[str, str]] = {}
    taken = set(columns.values())
    for heading in table.headings:
        match = OF_FINDING.fullmatch(_plain(heading))
        if match and heading not in taken:
            what = _what(match.group(3))
            if what:
                found.setdefault(int(match.group(2)), {}).setdefault(what, heading)
    return {number: of for number, of in found.items() if VALUE in of}


def missing(columns: Columns, table: Table) -> list[str]:
    """Return what has no column and needs one."""
    needed = [ORGANISATION]
    if not wide(columns, table):
        needed += [FINDING, VALUE]
    return [what for what in needed if not columns.get(what)]


def entries(columns: Columns, table: Table) -> Iterator[Entry]:
    """Yield what the lines say, in their order. Headings that the table has not are passed over."""
    at = {heading: place for place, heading in enumerate(table.headings)}
    each = wide(columns, table)
    for line in table.lines:

        def cell(heading: str | None, cells: tuple[str, ...] = line.cells) -> Cell | None:
            return Cell(heading, cells[at[heading]]) if heading in at else None

        organisation = cell(columns[ORGANISATION])
        common = {what: cell(columns.get(what)) for what in (N, LOW, HIGH)}
        if not each:
            finding, value = cell(columns[FINDING]), cell(columns[VALUE])
            yield Entry(line.number, organisation, finding, value, **common)
        for number, own in each.items():
            value = cell(own[VALUE])
            # An organisation that was not asked has nothing there: it is no figure withheld.
            if value.text:
                others = {what: cell(own.get(what)) for what in (N, LOW, HIGH)}
                others[N] = others[N] or common[N]
                finding = Cell(own[VALUE], str(number))
                yield Entry(line.number, organisation, finding, value, **others)


def _what(word: str | None) -> str | None:
    if not word:
        return VALUE
    return next((what for what in (VALUE, N, LOW, HIGH) if word in COMMON[what]), None)


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split())
