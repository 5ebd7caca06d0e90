"""Tables of a report and their charts, from its data: page, PDF and CSV show the same ones.

Functions about actions are given the keys of those that still have a page (`linked`).
"""

from collections.abc import Container

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo.core import tables
from geo.core.bilingual import local
from geo.core.charts import BLUE, DARK, GREEN, PALE, RED, Chart, Move, Stack, moves, stacked
from geo.core.tables import TEXT, Cell, Column, Row, Table
from pledges.employers.models.actions import Action
from pledges.employers.models.survey import REASONS, VERDICTS, Indicator
from pledges.employers.reports.snapshot import Data
from pledges.employers.survey.statistics import Headline, Reason, Verdict

Linked = Container[int]
Status = Action.Status
STATUS_COLOURS = {
    Status.PLANNED: PALE,
    Status.UNDER_WAY: BLUE,
    Status.DONE: GREEN,
    Status.STOPPED: DARK,
}


def glance_table(data: Data) -> Table:
    """The key figures."""
    whole = data["whole"]
    moved = Headline(**data["survey"]["moved"]) if data["survey"] else Headline()
    adopted = sum(pledge["adopted_on"] is not None for pledge in data["pledges"])
    rows = [
        Row("adopted", _("Pledges adopted, of six"), (adopted,)),
        Row("actions", _("Actions"), (sum(whole["statuses"].values()),)),
        Row("done", _("Actions done"), (whole["statuses"]["done"],)),
        Row("overdue", _("Actions overdue"), (whole["overdue"],)),
        Row("milestones", _("Milestones"), (sum(len(one["steps"]) for one in data["actions"]),)),
    ]
    if moved.tested:
        rows.append(Row("improved", _("Findings improved"), (moved.improved,)))
        rows.append(Row("worse", _("Findings worse"), (moved.worse,)))
    columns = [Column("number", _("Number"))]
    return Table("glance", _("At a glance"), _("Figure"), columns, rows)


def commitment_table(data: Data) -> Table:
    """When each pledge was adopted and who leads on it; when it ended, where any did."""
    ended = any(one["ended_on"] for one in data["pledges"])
    columns = [
        Column("adopted_on", _("Adopted on"), TEXT),
        *([Column("ended_on", _("No longer from"), TEXT)] if ended else []),
        Column("lead", _("Lead on the board"), TEXT),
    ]
    rows = []
    for one in data["pledges"]:
        adopted_on, lead = one["adopted_on"], one["lead"]
        cells = [tables.day(adopted_on) if adopted_on else Cell("", _("not adopted"))]
        if ended:
            cells.append(tables.day(one["ended_on"]))
        cells.append(Cell(lead, lead or tables.DASH))
        rows.append(Row(one["slug"], local(one["name"], one["name_cy"]), tuple(cells)))
    title = _("The six pledges and who answers for them")
    return Table("commitments", title, _("Pledge"), columns, rows)


def overdue_table(data: Data, linked: Linked) -> Table:
    """Each action once, the longest overdue first."""
    columns = [
        Column("owner", _("Owner"), TEXT),
        Column("due", _("Due"), TEXT),
        Column("days_late", _("Days late")),
        Column("pledges", _("Pledges"), TEXT),
    ]
    rows = [
        _action_row(
            one,
            linked,
            one["owner"],
            tables.day(one["due"]),
            tables.count(one["late_by"], tone="red"),
            _pledges(data, one),
        )
        for one in data["actions"]
        if one["late_by"]
    ]
    return Table("overdue", _("Actions overdue"), _("Action"), columns, rows)


def status_table(data: Data) -> Table:
    """Actions of each pledge by status, and of all; with a chart where there are any."""
    columns = [
        *(Column(status.value, str(status.label)) for status in Status),
        Column("overdue", _("Overdue")),
        Column("actions", _("All")),
    ]
    rows = [Row(one["slug"], _short(one), _statuses(one)) for one in data["pledges"]]
    everything = _("All pledges, each action once")
    rows.append(Row("total", everything, _statuses(data["whole"]), sums=True))
    title = _("Actions by pledge and status")
    return Table("statuses", title, _("Pledge"), columns, rows, chart=_status_chart(data, title))


def _statuses(counts: Data) -> tuple[int | Cell, ...]:
    numbers = [counts["statuses"][status] for status in Status]
    late = tables.count(counts["overdue"], tone="red" if counts["overdue"] else "")
    return (*numbers, late, sum(numbers))


def _status_chart(data: Data, title: str) -> Chart | None:
    bars = []
    for one in data["pledges"]:
        late = one["overdue"]
        note = ngettext("%(n)d overdue", "%(n)d overdue", late) % {"n": late} if late else ""
        parts = [one["statuses"][status] for status in Status]
        bars.append(Stack(_short(one), parts, note))
    whole = data["whole"]["statuses"]
    totals = ", ".join(f"{status.label} {whole[status]}" for status in Status)
    label = _("%(title)s. Together: %(told)s; overdue %(late)d.") % {
        "title": title,
        "told": totals,
        "late": data["whole"]["overdue"],
    }
    key = [(status.label, STATUS_COLOURS[status]) for status in Status]
    return stacked(label, key, bars)


def action_table(data: Data, pledge: Data, linked: Linked) -> Table:
    """The actions for one pledge, the overdue first."""
    columns = [
        Column("status", _("Status"), TEXT),
        Column("owner", _("Owner"), TEXT),
        Column("due", _("Due or ended"), TEXT),
        Column("measure", _("Measure"), TEXT),
    ]
    rows = [
        _action_row(
            one,
            linked,
            _status(one),
            one["owner"],
            tables.day(one["ended_on"] or one["due"]),
            _measure(one),
        )
        for one in data["actions"]
        if pledge["number"] in one["pledges"]
    ]
    title = _("%(pledge)s: actions") % {"pledge": _short(pledge)}
    return Table("actions", title, _("Action"), columns, rows, subject=pledge["slug"])


def _status(action: Data) -> Cell:
    label = str(Status(action["status"]).label)
    if action["late_by"]:
        return Cell("overdue", _("%(status)s, overdue") % {"status": label}, tone="red")
    more = action["reason"] if action["status"] == Status.STOPPED else ""
    return Cell(action["status"], label, more)


def _measure(action: Data) -> Cell:
    """The measure with its baseline, current value and target."""
    if not action["measure"]:
        return Cell("", tables.DASH)
    gap = "" if action["unit"].startswith("%") else " "
    unit = f"{gap}{action['unit']}".rstrip()
    figures = [
        _("%(what)s %(number)s") % {"what": what, "number": f"{value:g}{unit}"}
        for what, value in (
            (_("began at"), action["baseline"]),
            (_("now"), action["value"]),
            (_("target"), action["target"]),
        )
        if value is not None
    ]
    return Cell("; ".join([action["measure"], *figures]), action["measure"], ", ".join(figures))


def milestone_table(data: Data, linked: Linked) -> Table:
    """Milestones of the period and the open ones from before it, those that are late first."""
    columns = [
        Column("action", _("Action"), TEXT),
        Column("due", _("Due"), TEXT),
        Column("reached_on", _("Reached on"), TEXT),
    ]
    steps = [(step, one) for one in data["actions"] for step in one["steps"]]
    steps.sort(key=lambda both: (not both[0]["late"], both[0]["due"], both[0]["title"]))
    rows = []
    for step, one in steps:
        action = Cell(one["title"], one["title"], link=_link(one, linked))
        cells = (action, tables.day(step["due"]), _reached(step))
        rows.append(Row(step["title"], step["title"], cells))
    return Table("milestones", _("Milestones"), _("Milestone"), columns, rows)


def _reached(step: Data) -> Cell:
    if step["reached_on"]:
        return tables.day(step["reached_on"], tone="green")
    if step["late"]:
        return Cell("overdue", _("overdue"), tone="red")
    return Cell("", _("not yet"))


def good_practice_table(data: Data, linked: Linked) -> Table:
    columns = [Column("what", _("What it is"), TEXT), Column("pledges", _("Pledges"), TEXT)]
    rows = [
        _action_row(one, linked, one["description"], _pledges(data, one))
        for one in data["actions"]
        if one["good_practice"]
    ]
    title = _("Good practice that others may copy")
    return Table("good_practice", title, _("Action"), columns, rows)


def topic_table(key: str, title: str, topics: list[Data]) -> Table:
    """Topics or words of what staff talk about."""
    columns = [Column("people", _("People")), Column("posts", _("Posts"))]
    rows = []
    for one in topics:
        name = local(one["name"], one["name_cy"])
        rows.append(Row(name, name, (one["people"], one["posts"])))
    return Table(key, title, title, columns, rows)


def _action_row(action: Data, linked: Linked, *cells: str | Cell) -> Row:
    title = action["title"]
    return Row(title, title, cells, link=_link(action, linked))


def _link(action: Data, linked: Linked) -> str:
    return reverse("action", args=[action["key"]]) if action["key"] in linked else ""


def _short(pledge: Data) -> str:
    return local(pledge["short"], pledge["short_cy"])


def _pledges(data: Data, action: Data) -> str:
    return ", ".join(_short(one) for one in data["pledges"] if one["number"] in action["pledges"])


PARTS = ("improved", "same", "worse")
TONES = {Verdict.IMPROVED: "green", Verdict.WORSE: "red"}
VERDICT_COLOURS = {Verdict.IMPROVED: GREEN, Verdict.WORSE: RED}


def movement_table(data: Data) -> Table:
    """Findings of each pledge by verdict, and of all; no rows without a survey."""
    columns = [
        Column("improved", _("Improved")),
        Column("same", _("No change")),
        Column("worse", _("Worse")),
        Column("untested", _("Not tested")),
    ]
    title = _("Findings of the staff survey by pledge")
    rows, chart = [], None
    if data["survey"]:
        rows = [Row(one["slug"], _short(one), _moved(one["moved"])) for one in data["pledges"]]
        total = _moved(data["survey"]["moved"])
        rows.append(Row("total", _("All findings"), total, sums=True))
        chart = _movement_chart(data, title)
    return Table("movement", title, _("Pledge"), columns, rows, chart=chart)


def _moved(moved: Data) -> tuple[int, ...]:
    return tuple(moved[part] for part in (*PARTS, "untested"))


def _movement_chart(data: Data, title: str) -> Chart | None:
    bars = []
    for one in data["pledges"]:
        found = Headline(**one["moved"])
        note = _("%(n)d of %(m)d improved") % {"n": found.improved, "m": found.tested}
        parts = [one["moved"][part] for part in PARTS]
        bars.append(Stack(_short(one), parts, note if found.tested else _("not tested")))
    whole = data["survey"]["moved"]
    label = _(
        "%(title)s, %(year)d against the year before. Together: %(improved)d improved, "
        "%(same)d did not change, %(worse)d got worse."
    ) % {"title": title, "year": data["survey"]["year"], **whole}
    key = [(_("Improved"), GREEN), (_("No change"), PALE), (_("Worse"), RED)]
    return stacked(label, key, bars)


def finding_table(data: Data, pledge: Data) -> Table:
    """Each finding of a pledge with both years, and the change."""
    title = _("%(pledge)s: what staff said") % {"pledge": _short(pledge)}
    columns, rows, chart = [], [], None
    if pledge["findings"]:
        year = data["survey"]["year"]
        columns = [
            Column("before", str(year - 1)),
            Column("now", str(year)),
            Column("change", _("Change"), TEXT),
        ]
        rows = [_finding_row(one) for one in pledge["findings"]]
        chart = _finding_chart(pledge, year)
    return Table(
        "findings", title, _("Finding"), columns, rows, chart=chart, subject=pledge["slug"]
    )


def _finding_row(one: Data) -> Row:
    notes = [_("higher is better") if one["more_is_better"] else _("lower is better")]
    if one["unit"] == Indicator.Unit.SCORE:
        notes.append(_("score, %(low)s to %(high)s") % one)
    title = f"{one['code']} {local(one['words'], one['words_cy'])}"
    cells = (_figure(one, one["before"]), _figure(one, one["now"]), _verdict(one))
    return Row(one["code"], title, cells, more=", ".join(notes))


def _figure(one: Data, figure: Data | None) -> Cell:
    if figure is None:
        return Cell("", tables.DASH)
    if figure["value"] is None:
        return Cell("withheld", _("withheld"))
    more = ""
    if figure["n"]:
        more = _("of %(n)s") % {"n": number_format(figure["n"], 0, force_grouping=True)}
    places, unit = (1, "%") if one["unit"] == Indicator.Unit.PERCENT else (2, "")
    return tables.measured(figure["value"], places, unit, more)


def _verdict(one: Data) -> Cell:
    verdict = Verdict(one["verdict"])
    words = str(VERDICTS[verdict])
    return Cell(
        verdict.name.lower(), words, str(REASONS[Reason(one["why"])]), tone=TONES.get(verdict, "")
    )


def _finding_chart(pledge: Data, year: int) -> Chart | None:
    figures, sentences = [], []
    for one in pledge["findings"]:
        before, now = (_figure(one, one[when]).text for when in ("before", "now"))
        verdict = Verdict(one["verdict"])
        says = f"{before} → {now}, {VERDICTS[verdict]}"
        move = (_share(one, one["before"]), _share(one, one["now"]))
        figures.append(Move(one["code"], *move, says, VERDICT_COLOURS.get(verdict, PALE)))
        sentences.append(f"{one['code']} {before}, {now}, {VERDICTS[verdict]}")
    name = local(pledge["short"], pledge["short_cy"])
    label = _("%(name)s: findings of %(before)d and %(year)d on their scales. %(told)s.") % {
        "name": name,
        "before": year - 1,
        "year": year,
        "told": "; ".join(sentences),
    }
    return moves(label, (str(year - 1), str(year)), figures)


def _share(one: Data, figure: Data | None) -> float | None:
    """The place of a figure on its scale, 0 to 1."""
    if figure is None or figure["value"] is None:
        return None
    return (figure["value"] - one["low"]) / (one["high"] - one["low"])
