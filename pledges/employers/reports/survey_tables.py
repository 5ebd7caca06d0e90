"""Tables of a report about the staff survey: how many findings moved, and each of them."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from geo.core.bilingual import local
from pledges.employers.models.survey import REASONS, VERDICTS, Indicator
from pledges.employers.reports import tables
from pledges.employers.reports.charts import GREEN, PALE, RED, Chart, Move, Stack, moves, stacked
from pledges.employers.reports.tables import Cell, Column, Row, Table
from pledges.employers.reports.taking import Data
from pledges.employers.survey.statistics import Headline, Verdict, Why

PARTS = ("improved", "same", "worse")
TONES = {Verdict.IMPROVED: "green", Verdict.WORSE: "red"}
COLOURS = {Verdict.IMPROVED: GREEN, Verdict.WORSE: RED}


def movement_table(data: Data) -> Table:
    """Findings of each pledge by what became of them, and of all; nothing without a survey."""
    columns = [
        Column("pledge", _("Pledge")),
        Column("improved", _("Improved"), number=True),
        Column("same", _("No change"), number=True),
        Column("worse", _("Worse"), number=True),
        Column("untested", _("Not tested"), number=True),
    ]
    title = _("Findings of the staff survey by pledge")
    if not data["survey"]:
        return Table("movement", title, columns, [])
    rows = [
        Row((Cell(one["slug"], local(one["short"], one["short_cy"])), *_moved(one["moved"])))
        for one in data["pledges"]
    ]
    everything = Cell("total", _("All findings"))
    rows.append(Row((everything, *_moved(data["survey"]["moved"])), sums=True))
    return Table("movement", title, columns, rows, _movement_chart(data, title))


def _moved(moved: Data) -> list[Cell]:
    return [tables.count(moved[part]) for part in (*PARTS, "untested")]


def _movement_chart(data: Data, title: str) -> Chart | None:
    bars = []
    for one in data["pledges"]:
        found = Headline(**one["moved"])
        said = _("%(n)d of %(m)d improved") % {"n": found.improved, "m": found.tested}
        parts = [one["moved"][part] for part in PARTS]
        short = local(one["short"], one["short_cy"])
        bars.append(Stack(short, parts, said if found.tested else _("not tested")))
    whole = data["survey"]["moved"]
    label = _(
        "%(title)s, %(year)d against the year before. Together: %(improved)d improved, "
        "%(same)d did not change, %(worse)d got worse."
    ) % {"title": title, "year": data["survey"]["year"], **whole}
    key = [(_("Improved"), GREEN), (_("No change"), PALE), (_("Worse"), RED)]
    return stacked("movement", label, key, bars)


def finding_table(data: Data, pledge: Data) -> Table:
    """Each finding of a pledge with both years, and what became of it."""
    short = local(pledge["short"], pledge["short_cy"])
    title = _("%(pledge)s: what staff said") % {"pledge": short}
    if not pledge["findings"]:
        return Table("findings", title, [Column("finding", _("Finding"))], [])
    year = data["survey"]["year"]
    columns = [
        Column("finding", _("Finding")),
        Column("before", str(year - 1), number=True),
        Column("now", str(year), number=True),
        Column("change", _("Change")),
    ]
    rows = [
        Row((_asked(one), _figure(one, one["before"]), _figure(one, one["now"]), _verdict(one)))
        for one in pledge["findings"]
    ]
    chart = _finding_chart(pledge, year)
    return Table("findings", title, columns, rows, chart, pledge=pledge["slug"])


def _asked(one: Data) -> Cell:
    told = [_("higher is better") if one["more_is_better"] else _("lower is better")]
    if one["unit"] == Indicator.Unit.SCORE:
        told.append(_("score, %(low)s to %(high)s") % one)
    return Cell(
        one["code"], f"{one['code']} {local(one['words'], one['words_cy'])}", ", ".join(told)
    )


def _figure(one: Data, figure: Data | None) -> Cell:
    if figure is None:
        return Cell("", "–")
    if figure["value"] is None:
        return Cell("withheld", _("withheld"))
    more = ""
    if figure["n"]:
        more = _("of %(n)s") % {"n": number_format(figure["n"], 0, force_grouping=True)}
    return tables.measured(figure["value"], *_shape(one), more=more)


def _shape(one: Data) -> tuple[int, str]:
    """How many places a figure has, and what stands behind it."""
    return (1, "%") if one["unit"] == Indicator.Unit.PERCENT else (2, "")


def _verdict(one: Data) -> Cell:
    verdict = Verdict(one["verdict"])
    words = str(VERDICTS[verdict])
    return Cell(
        verdict.name.lower(), words, str(REASONS[Why(one["why"])]), tone=TONES.get(verdict, "")
    )


def _finding_chart(pledge: Data, year: int) -> Chart | None:
    found, told = [], []
    for one in pledge["findings"]:
        before, now = (_figure(one, one[when]).words for when in ("before", "now"))
        verdict = Verdict(one["verdict"])
        says = f"{before} → {now}, {VERDICTS[verdict]}"
        move = (_share(one, one["before"]), _share(one, one["now"]))
        found.append(Move(one["code"], *move, says, COLOURS.get(verdict, PALE)))
        told.append(f"{one['code']} {before}, {now}, {VERDICTS[verdict]}")
    name = local(pledge["short"], pledge["short_cy"])
    label = _("%(name)s: findings of %(before)d and %(year)d on their scales. %(told)s.") % {
        "name": name,
        "before": year - 1,
        "year": year,
        "told": "; ".join(told),
    }
    return moves(f"findings-{pledge['slug']}", label, found, (str(year - 1), str(year)))


def _share(one: Data, figure: Data | None) -> float | None:
    """Where a figure stands between the ends of its scale, 0 to 1."""
    if figure is None or figure["value"] is None:
        return None
    return (figure["value"] - one["low"]) / (one["high"] - one["low"])
