"""The numbers of one scope and period, and the small tables made of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hubs.dashboards.asked import Asked, name_of
from hubs.dashboards.tables import CHANGE, PEOPLE, SHARE, Column, Row, Table, share
from pledges.aggregates.sums import Sums
from pledges.counts.authors import People
from pledges.filters import STATUS
from pledges.map.choices import STATUS_NAMES
from pledges.pledging.counted import DONE, JOINS, LIKES, PARTS_DONE, STORIES
from pledges.pledging.models import SPEC, Pledge, Theme

# NHS.UK's palette, in an order in which neighbours differ in lightness too.
COLOURS = ("#005eb8", "#ffb81c", "#00a499", "#7c2855", "#768692")


@dataclass(frozen=True)
class Figures:
    """Pledges by facet code, and how many of each layer belong to them."""

    facets: Counter[int]
    layers: Counter[int]

    @classmethod
    def of(cls, sums: Sums | None) -> "Figures | None":
        return sums and cls(sums.by_facet(), sums.by_layer())

    @property
    def total(self) -> int:
        return sum(self.facets.values())

    def by(self, facet: str) -> Counter[int]:
        found: Counter[int] = Counter()
        for code, n in self.facets.items():
            found[SPEC.values(code)[facet]] += n
        return found


@dataclass(frozen=True)
class Compared:
    """The same numbers now, in the period before and of another place; either may be missing."""

    asked: Asked
    now: Figures
    before: Figures | None
    other: Figures | None

    def columns(self) -> list[Column]:
        found = [Column("pledges", _("Number"))]
        if self.before:
            found += [
                Column("before", str(self.asked.before)),
                Column("change", _("Change"), CHANGE),
            ]
        if self.other:
            found.append(Column("compared", name_of(self.asked.compare)))
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


def headline(found: Compared) -> Table:
    """Pledges by who makes them, and what came of them."""
    who = [
        (Pledge.Who.PERSON, "individuals", _("Pledges by individuals")),
        (Pledge.Who.TEAM, "teams", _("Pledges by teams")),
        (Pledge.Who.ORGANISATION, "organisations", _("Pledges by whole organisations")),
    ]
    rows = [Row("pledges", _("Pledges"), found.values(lambda f: f.total), sums=True)]
    rows += [
        Row(key, title, found.values(lambda f, code=code: f.by("who")[code]))
        for code, key, title in who
    ]
    layers = [
        ("joined", _("Times joined"), (JOINS,)),
        ("liked", _("Likes"), (LIKES,)),
        ("done", _("Done"), (DONE, PARTS_DONE)),
        ("done_by_joiners", _("of which by people who joined"), (PARTS_DONE,)),
        ("stories", _("Stories"), (STORIES,)),
    ]
    rows += [
        Row(key, title, found.values(lambda f, specs=specs: sum(f.layers[s.layer] for s in specs)))
        for key, title, specs in layers
    ]
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


def by_theme(found: Compared) -> Table:
    rows = [
        (theme.slug, theme.local_name, theme.number, theme.colour) for theme in Theme.objects.all()
    ]
    return _split(found, "theme", _("By theme"), _("Theme"), rows)


def by_i_am(found: Compared) -> Table:
    rows = [
        (one.name.lower(), str(one.label), one.value, colour)
        for one, colour in zip(Pledge.IAm, COLOURS, strict=False)
    ]
    rows.append(("unsaid", _("Did not say"), 0, COLOURS[-1]))
    return _split(found, "i_am", _("By who they are"), _("Who they are"), rows)


def _split(found: Compared, facet: str, title: str, heading: str, values: list) -> Table:
    columns = found.columns()
    columns.insert(1, Column("share", _("Share"), SHARE))
    rows = []
    for key, name, value, colour in values:
        first, *others = found.values(lambda f, value=value: f.by(facet)[value])
        part = share(first, found.now.total)
        rows.append(Row(key, name, (first, part, *others), colour=colour))
    first, *others = found.values(lambda f: f.total)
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
