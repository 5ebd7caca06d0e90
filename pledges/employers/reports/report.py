"""A report as it is read: rendered from its data alone, in the reader's language."""

import datetime
import hashlib
import json
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from geo.core.bilingual import local
from geo.core.tables import Table
from pledges.employers.reports import tables
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import Data
from pledges.employers.survey.statistics import Headline


@dataclass(frozen=True)
class PledgeReport:
    """The part of a report about one staff pledge."""

    slug: str
    name: str
    adopted_on: datetime.date | None
    ended_on: datetime.date | None
    lead: str
    actions: Table
    findings: Table


class Report:
    """`data` is a snapshot, with what editors wrote: `summary` and `asks`.

    `linked` are the keys of actions that still have a page.
    """

    def __init__(self, data: Data, linked: Container[int] = ()) -> None:
        self.data, self.linked = data, linked
        self.employer = data["employer"]
        self.period = Period.parse(data["period"])
        self.taken_on = datetime.date.fromisoformat(data["taken_on"])
        self.summary = data.get("summary", "")
        self.asks = data.get("asks", "").splitlines()
        self.survey = data["survey"]

    @property
    def title(self) -> str:
        names = {"name": self.employer["name"], "period": self.period}
        return _("Report to the board: %(name)s, %(period)s") % names

    @property
    def fingerprint(self) -> str:
        """A hash of the data: two copies with the same one say the same."""
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
        return tables.glance_table(self.data)

    @cached_property
    def commitments(self) -> Table:
        return tables.commitment_table(self.data)

    @cached_property
    def overdue(self) -> Table:
        return tables.overdue_table(self.data, self.linked)

    @cached_property
    def statuses(self) -> Table:
        return tables.status_table(self.data)

    @cached_property
    def milestones(self) -> Table:
        return tables.milestone_table(self.data, self.linked)

    @cached_property
    def movement(self) -> Table:
        return tables.movement_table(self.data)

    @cached_property
    def pledges(self) -> list[PledgeReport]:
        return [
            PledgeReport(
                slug=one["slug"],
                name=local(one["name"], one["name_cy"]),
                adopted_on=_day(one["adopted_on"]),
                ended_on=_day(one["ended_on"]),
                lead=one["lead"],
                actions=tables.action_table(self.data, one, self.linked),
                findings=tables.finding_table(self.data, one),
            )
            for one in self.data["pledges"]
        ]

    @cached_property
    def topics(self) -> Table:
        return tables.topic_table("topics", _("Topics"), self.data["voice"]["topics"])

    @cached_property
    def words(self) -> Table:
        return tables.topic_table("words", _("Words that come up"), self.data["voice"]["words"])

    @cached_property
    def good_practice(self) -> Table:
        return tables.good_practice_table(self.data, self.linked)

    @property
    def tables(self) -> list[Table]:
        """All tables in the order of the page."""
        found = [self.glance, self.commitments, self.overdue, self.statuses, self.milestones]
        found.append(self.movement)
        for pledge in self.pledges:
            found += [pledge.actions, pledge.findings]
        found += [self.topics, self.words, self.good_practice]
        return [table for table in found if table.rows]


def _day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None
