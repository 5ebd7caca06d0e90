"""A report as it is read: made from its data alone, in the reader's language."""

import datetime
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from geo.core.bilingual import local
from pledges.employers.reports import survey_tables, tables
from pledges.employers.reports.action_tables import (
    action_table,
    good_practice_table,
    milestone_table,
    overdue_table,
    status_table,
)
from pledges.employers.reports.periods import Period
from pledges.employers.reports.tables import Column, Row, Table
from pledges.employers.reports.taking import Data
from pledges.employers.survey.statistics import Headline


@dataclass(frozen=True)
class OfPledge:
    """What a report says of one staff pledge."""

    slug: str
    name: str
    adopted_on: datetime.date | None
    ended_on: datetime.date | None
    lead: str
    actions: Table
    findings: Table


class Report:
    """`data` is what was taken, with what editors wrote: `summary` and `asks`."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.employer = data["employer"]
        self.period = Period.read(data["period"])
        self.taken_on = datetime.date.fromisoformat(data["taken_on"])
        self.summary = data.get("summary", "")
        self.asks = data.get("asks", "").splitlines()
        self.survey = data["survey"]

    @property
    def title(self) -> str:
        said = {"name": self.employer["name"], "period": self.period}
        return _("Report to the board: %(name)s, %(period)s") % said

    @property
    def fingerprint(self) -> str:
        """The same for two copies of which each says what the other does."""
        whole = json.dumps(self.data, sort_keys=True, ensure_ascii=False).encode()
        return hashlib.sha256(whole).hexdigest()[:16]

    @property
    def running(self) -> bool:
        """Whether the period was not over when the figures were taken."""
        return self.taken_on < self.period.last

    @property
    def headline(self) -> Headline:
        return Headline(**self.survey["moved"]) if self.survey else Headline()

    @property
    def called(self) -> str:
        return local(self.survey["called"], self.survey["called_cy"]) if self.survey else ""

    @cached_property
    def glance(self) -> Table:
        """The few numbers that a board looks at first."""
        whole, steps = self.data["whole"], self.milestones.rows
        figures = [
            ("adopted", _("Pledges adopted, of six"), self._adopted),
            ("actions", _("Actions"), sum(whole["statuses"].values())),
            ("done", _("Actions done"), whole["statuses"]["done"]),
            ("overdue", _("Actions overdue"), whole["overdue"]),
            ("milestones", _("Milestones"), len(steps)),
        ]
        if self.headline.tested:
            figures.append(("improved", _("Findings improved"), self.headline.improved))
            figures.append(("worse", _("Findings worse"), self.headline.worse))
        columns = [Column("figure", _("Figure")), Column("number", _("Number"), number=True)]
        rows = [
            Row((tables.Cell(key, title), tables.count(number))) for key, title, number in figures
        ]
        return Table("glance", _("At a glance"), columns, rows)

    @property
    def _adopted(self) -> int:
        return sum(pledge["adopted_on"] is not None for pledge in self.data["pledges"])

    @cached_property
    def commitments(self) -> Table:
        columns = [
            Column("pledge", _("Pledge")),
            Column("adopted_on", _("Adopted on")),
            Column("ended_on", _("No longer from")),
            Column("lead", _("Lead on the board")),
        ]
        rows = [
            Row(
                (
                    tables.Cell(one["slug"], local(one["name"], one["name_cy"])),
                    tables.day(one["adopted_on"])
                    if one["adopted_on"]
                    else tables.Cell("", _("not adopted")),
                    tables.day(one["ended_on"]),
                    tables.Cell(one["lead"], one["lead"] or "–"),
                )
            )
            for one in self.data["pledges"]
        ]
        if not any(one["ended_on"] for one in self.data["pledges"]):
            columns.pop(2)
            rows = [Row((*row.cells[:2], *row.cells[3:])) for row in rows]
        return Table("commitments", _("The six pledges and who answers for them"), columns, rows)

    @cached_property
    def overdue(self) -> Table:
        return overdue_table(self.data)

    @cached_property
    def statuses(self) -> Table:
        return status_table(self.data)

    @cached_property
    def milestones(self) -> Table:
        return milestone_table(self.data)

    @cached_property
    def movement(self) -> Table:
        return survey_tables.movement_table(self.data)

    @cached_property
    def pledges(self) -> list[OfPledge]:
        return [
            OfPledge(
                slug=one["slug"],
                name=local(one["name"], one["name_cy"]),
                adopted_on=_day(one["adopted_on"]),
                ended_on=_day(one["ended_on"]),
                lead=one["lead"],
                actions=action_table(self.data, one),
                findings=survey_tables.finding_table(self.data, one),
            )
            for one in self.data["pledges"]
        ]

    @cached_property
    def topics(self) -> Table:
        return _voice_table("topics", _("Topics"), self.data["voice"]["topics"])

    @cached_property
    def words(self) -> Table:
        return _voice_table("words", _("Words that come up"), self.data["voice"]["words"])

    @cached_property
    def good_practice(self) -> Table:
        return good_practice_table(self.data)

    @property
    def tables(self) -> list[Table]:
        """All tables in the order of the page."""
        found = [self.glance, self.commitments, self.overdue, self.statuses, self.milestones]
        found.append(self.movement)
        for pledge in self.pledges:
            found += [pledge.actions, pledge.findings]
        return [table for table in [*found, self.topics, self.words, self.good_practice] if table]


def _day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


def _voice_table(key: str, title: str, topics: list[Data]) -> Table:
    columns = [
        Column("topic", title),
        Column("people", _("People"), number=True),
        Column("posts", _("Posts"), number=True),
    ]
    rows = [
        Row(
            (
                tables.words(local(one["name"], one["name_cy"])),
                tables.count(one["people"]),
                tables.count(one["posts"]),
            )
        )
        for one in topics
    ]
    return Table(key, title, columns, rows)
