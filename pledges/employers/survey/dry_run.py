"""A dry run: every line of a file read as figures, with the fault of each that cannot be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pledges.employers.models.survey import Finding, Indicator, IndicatorSet
from pledges.employers.survey.columns import Cell, Columns, Entry, entries
from pledges.employers.survey.statistics import is_hidden
from pledges.employers.survey.tables import Table
from pledges.employers.survey.workbooks import FORMULA, LONGEST
from pledges.organisations.models import Organisation

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?(e-?[0-9]{1,2})?", re.ASCII | re.IGNORECASE)
WHOLE = re.compile(r"[0-9]{1,7}|[0-9]{1,3}(,[0-9]{3}){1,2}", re.ASCII)
WITHHELD = {"*", "**", "-", "–", "†", "suppressed", "withheld", "hidden"}
DECIMALS = 4
# So many percentages with none above 1 are taken for shares.
ENOUGH_TO_TELL = 5


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, and under which heading; line 0 is the file as a whole."""

    line: int
    heading: str
    words: str


class Wrong(Exception):
    """A cell that cannot be read, with the reason for people."""

    def __init__(self, cell: Cell, words: str) -> None:
        super().__init__(words)
        self.cell, self.words = cell, words


@dataclass
class DryRun:
    """The figures of a file that can be read, and the faults of those that cannot."""

    findings: list[Finding] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        return bool(self.findings) and not self.faults

    @property
    def withheld(self) -> int:
        return sum(one.suppressed for one in self.findings)

    @property
    def organisations(self) -> int:
        return len({one.organisation_id for one in self.findings})

    @property
    def indicators(self) -> int:
        return len({one.indicator_id for one in self.findings})


def dry_run(year: int, table: Table, columns: Columns) -> DryRun:
    """Read a whole table as figures of a year. Nothing is written."""
    found = DryRun()
    current = IndicatorSet.objects.in_year(year)
    if current is None:
        found.faults.append(Fault(0, "", _("No questions are known for this year.")))
        return found
    rows = list(entries(columns, table))
    indicators = {one.number: one for one in current.indicators.select_related("set")}
    organisations = _organisations(entry.organisation.text for entry in rows)
    seen: dict[tuple[int, int], int] = {}
    for entry in rows:
        try:
            finding = _read(year, entry, organisations, indicators)
            key = (finding.organisation_id, finding.indicator_id)
            if key in seen:
                words = _("The same finding of this organisation is on line %(line)s already.")
                raise Wrong(entry.finding, words % {"line": seen[key]})
            seen[key] = entry.line
            found.findings.append(finding)
        except Wrong as wrong:
            found.faults.append(Fault(entry.line, wrong.cell.heading, wrong.words))
    _check_shares(found)
    return found


def _organisations(codes: Iterable[str]) -> dict[str, Organisation]:
    """Organisations by code and, for those without, by slug."""
    wanted = {code for code in codes if code and "\0" not in code}
    upper, lower = {code.upper() for code in wanted}, {code.lower() for code in wanted}
    rows = Organisation.objects.filter(code__in=upper) | Organisation.objects.filter(slug__in=lower)
    known = list(rows.only("code", "slug", "name", "demo").order_by())
    by_slug = {one.slug: one for one in known}
    return by_slug | {one.code.lower(): one for one in known if one.code}


def _read(
    year: int,
    entry: Entry,
    organisations: dict[str, Organisation],
    indicators: dict[int, Indicator],
) -> Finding:
    organisation = organisations.get(_text(entry.organisation).lower())
    if organisation is None:
        words = _("No organisation has the code “%(text)s”.")
        raise Wrong(entry.organisation, words % {"text": entry.organisation.text})
    indicator = indicators.get(_number_of_finding(entry.finding))
    if indicator is None:
        words = _("No finding of this year has the number “%(text)s”.")
        raise Wrong(entry.finding, words % {"text": entry.finding.text})
    made = Finding(year=year, organisation=organisation, indicator=indicator)
    n = _answers(entry.n)
    if _text(entry.value).lower() in WITHHELD or is_hidden(n, suppressed=False):
        made.suppressed = True
        return made
    made.value, made.n = _within(entry.value, indicator), n
    made.low, made.high = _limits(entry, made.value)
    return made


def _limits(entry: Entry, value: float) -> tuple[float | None, float | None]:
    """The confidence limits, both or neither."""
    low, high = (_figure(cell) if cell and cell.text else None for cell in (entry.low, entry.high))
    cell = entry.low or entry.high
    if cell is None or (low is None and high is None):
        return None, None
    if low is None or high is None:
        raise Wrong(cell, _("Give both confidence limits, or neither."))
    if not low <= value <= high:
        raise Wrong(cell, _("The figure does not lie between its confidence limits."))
    return low, high


def _text(cell: Cell) -> str:
    """The text of a cell. Raises Wrong for a formula, and for a text that is too long."""
    if cell.text == FORMULA:
        raise Wrong(cell, _("A formula: paste its value in its place."))
    if len(cell.text) > LONGEST:
        raise Wrong(cell, _("This is longer than 200 characters."))
    return cell.text


def _number_of_finding(cell: Cell) -> int:
    """The number of "7", "7.0", "KF7" and "KF 07"; 0 where there is none."""
    found = re.fullmatch(r"[A-Za-z]{0,4} ?0?([1-9][0-9]?)(\.0)?", _text(cell), re.ASCII)
    return int(found.group(1)) if found else 0


def _answers(cell: Cell | None) -> int | None:
    if cell is None or not _text(cell):
        return None
    text = cell.text.removesuffix(".0")
    if text.lower() in WITHHELD:
        return None
    if not WHOLE.fullmatch(text):
        raise Wrong(cell, _("“%(text)s” is not a number of people.") % {"text": cell.text})
    return int(text.replace(",", ""))


def _figure(cell: Cell) -> float:
    text = _text(cell).removesuffix("%").strip()
    if not text:
        raise Wrong(cell, _("There is no figure. Write * where it is withheld."))
    if not NUMBER.fullmatch(text):
        raise Wrong(cell, _("“%(text)s” is not a figure.") % {"text": cell.text})
    return round(float(text), DECIMALS)


def _within(cell: Cell, indicator: Indicator) -> float:
    value = _figure(cell)
    if not indicator.low <= value <= indicator.high:
        words = _("%(code)s is from %(low)s to %(high)s: “%(text)s” is not.")
        of = {"code": indicator.code, "low": indicator.low, "high": indicator.high}
        raise Wrong(cell, words % {**of, "text": cell.text})
    return value


def _check_shares(found: DryRun) -> None:
    """Spreadsheets store percentages as shares: 0.45 would be read as half a per cent."""
    percents = [
        one.value for one in found.findings if one.indicator.percent and one.value is not None
    ]
    if len(percents) >= ENOUGH_TO_TELL and max(percents) <= 1:
        words = _("No percentage is above 1. Write them from 0 to 100: 45 and not 0.45.")
        found.faults.append(Fault(0, "", words))
