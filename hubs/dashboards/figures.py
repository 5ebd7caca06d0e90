"""The figures of one scope and period as tables: totals, shares, people, and over time."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geo.core.tables import CHANGE, PEOPLE, SHARE, Column, Row, Table, share
from geo.counts.periods import days, first_of, months, number_of
from geo.counts.spec import Spec
from hubs.dashboards import periods
from hubs.dashboards.periods import Period
from hubs.dashboards.query import DashboardQuery, name_of
from pledges.aggregates.sums import Sums
from pledges.counts.authors import People
from pledges.filters import STATUS
from pledges.map.choices import STATUS_NAMES
from pledges.pledging.counted import DONE, JOINS, LIKES, PARTS_DONE, STORIES
from pledges.pledging.models import SPEC, Pledge, Theme

# NHS.UK's palette, in an order in which neighbours differ in lightness too.
COLOURS = ("#005eb8", "#ffb81c", "#00a499", "#7c2855", "#768692")


Series = Counter[tuple[int, int]]  # (hour, day, month or year; value of the facet) -> pledges


@dataclass(frozen=True)
class Figures:
    """Pledges by facet code, and how many of each layer belong to them."""

    facets: Counter[int]
    layers: Counter[int]

    @classmethod
    def of(cls, sums: Sums) -> "Figures":
        return cls(sums.by_facet(), sums.by_layer())

    @property
    def total(self) -> int:
        return sum(self.facets.values())

    def by(self, facet: str) -> Counter[int]:
        found: Counter[int] = Counter()
        for code, n in self.facets.items():
            found[SPEC.values(code)[facet]] += n
        return found


@dataclass(frozen=True)
class Comparison:
    """The same figures now, in the period before and of another place; either may be missing."""

    query: DashboardQuery
    now: Figures
    before: Figures | None
    other: Figures | None

    def columns(self) -> list[Column]:
        found = [Column("pledges", _("Number"))]
        if self.before:
            found += [
                Column("before", str(self.query.before)),
                Column("change", _("Change"), CHANGE),
            ]
        if self.other:
            found.append(Column("compared", name_of(self.query.compare)))
        return found

    def values(self, pick: Callable[[Figures], int]) -> tuple[int, ...]:
        now = pick(self.now)
        found = [now]
        if self.before:
            before = pick(self.before)
            found += [before, now - before]
        if self.other:
            found.append(pick(self.other))
        return tuple(found)


def _total(figures: Figures) -> int:
    return figures.total


def _having(facet: str, value: int) -> Callable[[Figures], int]:
    """Pick the pledges with this value of a facet."""
    return lambda figures: figures.by(facet)[value]


def _of_layers(specs: Sequence[Spec]) -> Callable[[Figures], int]:
    """Pick what is counted in these layers."""
    return lambda figures: sum(figures.layers[spec.layer] for spec in specs)


def headline(found: Comparison) -> Table:
    """Pledges by who makes them, and what came of them."""
    who = [
        (Pledge.Who.PERSON, "individuals", _("Pledges by individuals")),
        (Pledge.Who.TEAM, "teams", _("Pledges by teams")),
        (Pledge.Who.ORGANISATION, "organisations", _("Pledges by whole organisations")),
    ]
    rows = [Row("pledges", _("Pledges"), found.values(_total), sums=True)]
    rows += [Row(key, title, found.values(_having("who", code))) for code, key, title in who]
    layers = [
        ("joined", _("Times joined"), (JOINS,)),
        ("liked", _("Likes"), (LIKES,)),
        ("done", _("Done"), (DONE, PARTS_DONE)),
        ("done_by_joiners", _("of which by people who joined"), (PARTS_DONE,)),
        ("stories", _("Stories"), (STORIES,)),
    ]
    rows += [Row(key, title, found.values(_of_layers(specs))) for key, title, specs in layers]
    note = _(
        "Pledges count on the day they were made; joins, likes, deeds and stories on their own day."
    )
    return Table("totals", _("At a glance"), _("What"), found.columns(), rows, note)


def people_table(people: People | None) -> Table | None:
    """Distinct people; the numbers of several areas or years do not add up."""
    if people is None:
        return None
    column = (Column("people", _("People"), PEOPLE),)
    year = str(people.counted_at.year)
    rows = (
        Row("ever", _("In all time"), (people.ever,)),
        Row("this_year", _("In {year}").format(year=year), (people.this_year,)),
    )
    note = _(
        "Different people with an account who have made a public pledge. These numbers do not add"
        " up: somebody may pledge in two places and in two years. Numbers under five are hidden,"
        " and others from which they could be worked out. Counted hourly, under no filter."
    )
    return Table("people", _("Different people"), _("When"), column, rows, note)


def by_theme(found: Comparison) -> Table:
    rows = [
        (theme.slug, theme.local_name, theme.number, theme.colour) for theme in Theme.objects.all()
    ]
    return _split(found, "theme", _("By theme"), _("Theme"), rows)


def by_i_am(found: Comparison) -> Table:
    rows = [
        (one.name.lower(), str(one.label), one.value, colour)
        for one, colour in zip(Pledge.IAm, COLOURS, strict=False)
    ]
    rows.append(("unsaid", _("Did not say"), 0, COLOURS[-1]))
    return _split(found, "i_am", _("By who they are"), _("Who they are"), rows)


def _split(found: Comparison, facet: str, title: str, heading: str, values: list) -> Table:
    columns = found.columns()
    columns.insert(1, Column("share", _("Share"), SHARE))
    rows = []
    for key, name, value, colour in values:
        first, *others = found.values(_having(facet, value))
        part = share(first, found.now.total)
        rows.append(Row(key, name, (first, part, *others), colour=colour))
    first, *others = found.values(_total)
    whole = 1.0 if first else None
    rows.append(Row("total", _("All pledges"), (first, whole, *others), sums=True))
    return Table(facet, title, heading, columns, rows)


def group_values(facet: str) -> list[tuple[str, str, int, str]]:
    """The values of a facet that splits the chart over time: key, name, code, colour."""
    if facet == "theme":
        return [(t.slug, t.local_name, t.number, t.colour) for t in Theme.objects.all()]
    if facet == "who":
        named = [(w.name.lower(), str(w.label), w.value) for w in Pledge.Who]
    elif facet == "i_am":
        named = [(i.name.lower(), str(i.label), i.value) for i in Pledge.IAm]
        named.append(("unsaid", _("Did not say"), 0))
    else:
        named = [(word, str(STATUS_NAMES[word]), code) for word, code in STATUS.items()]
    return [(*one, colour) for one, colour in zip(named, (COLOURS * 2)[: len(named)], strict=True)]


def over_time(query: DashboardQuery, sums: Sums) -> Table:
    """Every step of the period from the first that has a pledge, with its number."""
    step = query.chosen_step
    found = _series(query.period, sums, step, query.group)
    at = sorted({when for when, _value in found})
    steps = _steps(query.period, step, at)
    if query.group:
        values = group_values(query.group)
        columns = [Column(key, name) for key, name, _code, _colour in values]
        codes = [code for _key, _name, code, _colour in values]
    else:
        columns, codes = [], []
    columns.append(Column("pledges", _("Pledges")))
    totals: Counter[int] = Counter()
    for (when, _value), n in found.items():
        totals[when] += n
    rows = [
        Row(key, title, (*(found[when, code] for code in codes), totals[when]))
        for when, key, title in (_named_step(when, step) for when in steps)
    ]
    titles = {
        periods.HOUR: (_("By hour"), _("Hour")),
        periods.DAY: (_("By day"), _("Day")),
        periods.MONTH: (_("By month"), _("Month")),
        periods.YEAR: (_("By year"), _("Year")),
    }
    title, heading = titles[step]
    return Table("time", title, heading, columns, rows)


def _series(period: Period, sums: Sums, step: str, group: str) -> Series:
    facet = group or SPEC.flag
    if step == periods.HOUR and period.since:
        return sums.by_hour(period.since, group)
    if step == periods.DAY:
        return sums.by_day(facet)
    start = period.since or sums.first_day()
    first = start.year * 100 + start.month
    last = period.end.year * 100 + period.end.month
    loose = {number_of(start) // 100 for start, _end in sums.cut.loose}
    whole = [month for month in months(first, last) if month not in loose]
    found = sums.by_period(facet, whole)
    if loose:
        for (day, value), n in sums.by_loose_day(facet).items():
            found[day // 100, value] += n
    if step == periods.MONTH:
        return found
    years: Series = Counter()
    for (month, value), n in found.items():
        years[month // 100, value] += n
    return years


def _steps(period: Period, step: str, at: list[int]) -> list[int]:
    """Return all steps to show: those without a pledge too, but not before the first."""
    if step == periods.HOUR:
        return list(range(24))
    if step == periods.DAY and period.since:
        return days(period.since, period.end)
    last = period.end.year * 100 + period.end.month
    if step == periods.YEAR:
        first = period.since.year if period.since else at[0] if at else last // 100
        return list(range(first, last // 100 + 1))
    first = number_of(period.since) // 100 if period.since else at[0] if at else last
    return months(first, last)


def _named_step(when: int, step: str) -> tuple[int, str, str]:
    """Return a step with its key for files and its name for people."""
    if step == periods.HOUR:
        return when, f"{when:02}:00", f"{when:02}:00"
    if step == periods.YEAR:
        return when, str(when), str(when)
    if step == periods.MONTH:
        first = first_of(when)
        return when, f"{first:%Y-%m}", date_format(first, "M Y")
    day = first_of(when // 100).replace(day=when % 100)
    return when, day.isoformat(), date_format(day, "D j M Y")
