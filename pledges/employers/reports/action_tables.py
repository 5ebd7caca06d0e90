"""Tables of a report about actions: overdue, by status, of a pledge, milestones, good practice."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo.core.bilingual import local
from pledges.employers.models.actions import Action
from pledges.employers.reports import tables
from pledges.employers.reports.charts import BLUE, DARK, GREEN, PALE, Stack, stacked
from pledges.employers.reports.tables import Cell, Column, Row, Table
from pledges.employers.reports.taking import Data

Status = Action.Status
COLOURS = {
    Status.PLANNED: PALE,
    Status.UNDER_WAY: BLUE,
    Status.DONE: GREEN,
    Status.STOPPED: DARK,
}


def overdue_table(data: Data) -> Table:
    """Each action once, the longest overdue first."""
    columns = [
        Column("action", _("Action")),
        Column("owner", _("Owner")),
        Column("due", _("Due")),
        Column("days_late", _("Days late"), number=True),
        Column("pledges", _("Pledges")),
    ]
    rows = [
        Row(
            (
                _titled(one),
                tables.words(one["owner"]),
                tables.day(one["due"]),
                tables.count(one["late_by"], tone="red"),
                tables.words(_pledges(data, one)),
            )
        )
        for one in data["actions"]
        if one["late_by"]
    ]
    return Table("overdue", _("Actions overdue"), columns, rows)


def status_table(data: Data) -> Table:
    """Actions of each pledge by status, and of all; with a chart where there are any."""
    columns = [
        Column("pledge", _("Pledge")),
        *(Column(status.value, str(status.label), number=True) for status in Status),
        Column("overdue", _("Overdue"), number=True),
        Column("actions", _("All"), number=True),
    ]
    rows = [Row((_pledge(one), *_counts(one))) for one in data["pledges"]]
    everything = Cell("total", _("All pledges, each action once"))
    rows.append(Row((everything, *_counts(data["whole"])), sums=True))
    title = _("Actions by pledge and status")
    return Table("statuses", title, columns, rows, _status_chart(data, title))


def _counts(found: Data) -> list[Cell]:
    numbers = [found["statuses"][status] for status in Status]
    late = tables.count(found["overdue"], tone="red" if found["overdue"] else "")
    return [*(tables.count(number) for number in numbers), late, tables.count(sum(numbers))]


def _status_chart(data: Data, title: str):
    bars = []
    for one in data["pledges"]:
        late = one["overdue"]
        said = ngettext("%(n)d overdue", "%(n)d overdue", late) % {"n": late} if late else ""
        parts = [one["statuses"][status] for status in Status]
        bars.append(Stack(local(one["short"], one["short_cy"]), parts, said))
    whole = data["whole"]["statuses"]
    told = ", ".join(f"{status.label} {whole[status]}" for status in Status)
    label = _("%(title)s. Together: %(told)s; overdue %(late)d.") % {
        "title": title,
        "told": told,
        "late": data["whole"]["overdue"],
    }
    key = [(status.label, COLOURS[status]) for status in Status]
    return stacked("statuses", label, key, bars)


def action_table(data: Data, pledge: Data) -> Table:
    """The actions for one pledge, the overdue first."""
    columns = [
        Column("action", _("Action")),
        Column("status", _("Status")),
        Column("owner", _("Owner")),
        Column("due", _("Due or ended")),
        Column("measure", _("Measure")),
    ]
    rows = [
        Row(
            (
                _titled(one),
                _status(one),
                tables.words(one["owner"]),
                tables.day(one["ended_on"] or one["due"]),
                _measure(one),
            )
        )
        for one in data["actions"]
        if pledge["number"] in one["pledges"]
    ]
    title = _("%(pledge)s: actions") % {"pledge": local(pledge["short"], pledge["short_cy"])}
    return Table("actions", title, columns, rows, pledge=pledge["slug"])


def _status(action: Data) -> Cell:
    said = str(Status(action["status"]).label)
    if action["late_by"]:
        return Cell("overdue", _("%(status)s, overdue") % {"status": said}, tone="red")
    more = action["reason"] if action["status"] == Status.STOPPED else ""
    return Cell(action["status"], said, more)


def _measure(action: Data) -> Cell:
    """The measure with where it began, stands, and is to be."""
    if not action["measure"]:
        return Cell("", "–")
    gap = "" if action["unit"].startswith("%") else " "
    unit = f"{gap}{action['unit']}".rstrip()
    told = [
        _("%(what)s %(number)s") % {"what": what, "number": f"{value:g}{unit}"}
        for what, value in (
            (_("began at"), action["baseline"]),
            (_("now"), action["value"]),
            (_("target"), action["target"]),
        )
        if value is not None
    ]
    return Cell("; ".join([action["measure"], *told]), action["measure"], ", ".join(told))


def milestone_table(data: Data) -> Table:
    """Milestones of the period and what waits since before it, those that wait first."""
    columns = [
        Column("milestone", _("Milestone")),
        Column("action", _("Action")),
        Column("due", _("Due")),
        Column("reached_on", _("Reached on")),
    ]
    found = [(step, one) for one in data["actions"] for step in one["steps"]]
    found.sort(key=lambda both: (not both[0]["late"], both[0]["due"], both[0]["title"]))
    rows = [
        Row((tables.words(step["title"]), _titled(one), tables.day(step["due"]), _reached(step)))
        for step, one in found
    ]
    return Table("milestones", _("Milestones"), columns, rows)


def _reached(step: Data) -> Cell:
    if step["reached_on"]:
        return tables.day(step["reached_on"], tone="green")
    if step["late"]:
        return Cell("overdue", _("overdue"), tone="red")
    return Cell("", _("not yet"))


def good_practice_table(data: Data) -> Table:
    columns = [
        Column("action", _("Action")),
        Column("what", _("What it is")),
        Column("pledges", _("Pledges")),
    ]
    rows = [
        Row((_titled(one), tables.words(one["description"]), tables.words(_pledges(data, one))))
        for one in data["actions"]
        if one["good_practice"]
    ]
    return Table("good_practice", _("Good practice that others may copy"), columns, rows)


def _titled(action: Data) -> Cell:
    return tables.words(action["title"], action["key"])


def _pledge(pledge: Data) -> Cell:
    return Cell(pledge["slug"], local(pledge["short"], pledge["short_cy"]))


def _pledges(data: Data, action: Data) -> str:
    return ", ".join(
        local(one["short"], one["short_cy"])
        for one in data["pledges"]
        if one["number"] in action["pledges"]
    )
