"""Tables by area: regions and districts, each with what was pledged, done and kept there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from geo.areas.models import Area, Population
from geo.core.tables import RATE, SHARE, Column, Figure, Row, Table, share
from geo.counts.spec import Spec
from pledges.aggregates.fulfilment import Kept, waiting
from pledges.aggregates.sums import Place, Sums
from pledges.aggregates.whereabouts import whereabouts
from pledges.pledging.counted import DONE, JOINS, LIKES, PARTS_DONE, STORIES
from pledges.pledging.models import SPEC

Counts = Counter[tuple[int, int]]  # (layer, mark) -> number


@dataclass(frozen=True)
class Places:
    """All counts by place, and the areas that the places are.

    `all_layers` says whether `counts` has what came of the pledges too, besides what was kept.
    """

    counts: Mapping[Place, Counts]
    waiting: Counter[Place]
    areas: Mapping[int, Area]
    residents: Mapping[int, int]
    all_layers: bool = True

    @classmethod
    def of(cls, sums: Sums) -> "Places":
        kinds = (Area.Kind.REGION, Area.Kind.DISTRICT)
        areas = Area.objects.without_boundaries().defer("label").filter(kind__in=kinds)
        own = sums.scope.organisation is not None
        counts, later = whereabouts(sums) if own else (sums.by_place(), waiting(sums))
        return cls(
            counts,
            later,
            {area.pk: area for area in areas},
            dict(Population.objects.values_list("area", "residents")),
            all_layers=not own,
        )

    def fulfilment(self, places: Iterable[Place] | None = None) -> Kept:
        """Promises kept of the places, or of all."""
        chosen = list(self.counts if places is None else places)
        counts = [self.counts.get(place, Counter()) for place in chosen]
        done = sum(found[SPEC.layer, 1] for found in counts)
        left = sum(found[SPEC.layer, 0] for found in counts)
        later = sum(self.waiting[place] for place in chosen)
        return Kept(done, left - later, later)

    def row(self, key: str, title: str, places: Iterable[Place], area: int = 0, **more: Any) -> Row:
        chosen = list(places)
        found: Counts = Counter()
        for place in chosen:
            found.update(self.counts.get(place, Counter()))

        def of(*specs: Spec) -> int:
            return sum(found[spec.layer, mark] for spec in specs for mark in (0, 1))

        kept, pledges = self.fulfilment(chosen), of(SPEC)
        values: list[Figure] = [pledges]
        if self.all_layers:
            values += [of(JOINS), of(LIKES), of(DONE, PARTS_DONE), of(STORIES)]
        values += [kept.kept, kept.due, kept.waiting, kept.share]
        if self.residents:
            people = self.residents.get(area)
            values += [people, 10_000 * pledges / people if people else None]
        return Row(key, title, tuple(values), **more)

    def columns(self) -> list[Column]:
        found = [Column("pledges", _("Pledges"))]
        if self.all_layers:
            found += [
                Column("joined", _("Joined")),
                Column("liked", _("Liked")),
                Column("done", _("Done")),
                Column("stories", _("Stories")),
            ]
        found += [
            Column("kept", _("Kept")),
            Column("due", _("Due")),
            Column("not_yet_due", _("Not yet due")),
            Column("kept_share", _("Kept of due"), SHARE),
        ]
        if self.residents:
            found.append(Column("residents", _("Residents")))
            found.append(Column("per_10000", _("Pledges per 10,000"), RATE))
        return found


def by_region(places: Places, regions: Iterable[int], *, whole: bool) -> Table:
    """The regions of a nation or, with `whole`, of the site, with what is in no region."""
    rows = []
    for key in sorted(regions, key=lambda key: places.areas[key].local_name):
        area = places.areas[key]
        inside = [place for place in places.counts if place[0] == key]
        rows.append(places.row(area.code, area.local_name, inside, key, link=_address(area)))
    if whole:
        rows.append(places.row("none", _("In no region"), [(0, 0)]))
    rows.append(places.row("total", _("Together"), list(places.counts), sums=True))
    return Table("regions", _("By region"), _("Region"), places.columns(), rows, _note())


def by_district(places: Places, regions: Iterable[int]) -> Table:
    """The districts of regions, each region closed by what is elsewhere in it."""
    chosen = sorted(regions, key=lambda key: places.areas[key].local_name)
    rows = [row for region in chosen for row in _rows_of(places, region, all_districts=True)]
    return _by_district(places, rows, several=len(chosen) > 1)


def _rows_of(places: Places, region: int, *, all_districts: bool) -> list[Row]:
    """The districts of a region, what is elsewhere in it, and its sum."""
    inside = {place[1] for place in places.counts if place[0] == region and place[1]}
    if all_districts:
        inside |= {
            key
            for key, area in places.areas.items()
            if area.kind == Area.Kind.DISTRICT and area.parent_id == region and not area.ended
        }
    named = sorted(inside, key=lambda key: places.areas[key].local_name)
    area = places.areas[region]
    rows = [
        places.row(
            places.areas[key].code,
            _title(places.areas[key], area),
            [(region, key)],
            key,
            link=_address(places.areas[key]),
        )
        for key in named
    ]
    elsewhere = _("Elsewhere in {region}").format(region=area.local_name)
    rows.append(places.row(f"{area.code}-elsewhere", elsewhere, [(region, 0)]))
    everything = [place for place in places.counts if place[0] == region]
    rows.append(places.row(area.code, area.local_name, everything, region, sums=True))
    return rows


def _by_district(places: Places, rows: list[Row], *, several: bool) -> Table:
    note = _note()
    if several:
        note = f"{note} " + _("Each region stands under its districts, as their sum.")
    return Table("districts", _("By district"), _("District"), places.columns(), rows, note)


def of_organisation(places: Places) -> Table | None:
    """The districts in which an organisation has pledges, with what is in none and their sum."""
    if not places.counts:
        return None
    rows: list[Row] = []
    regions = {region for region, _district in places.counts if region}
    for region in sorted(regions, key=lambda key: places.areas[key].local_name):
        rows += _rows_of(places, region, all_districts=False)
    if (0, 0) in places.counts:
        rows.append(places.row("none", _("Shown in no place"), [(0, 0)]))
    rows.append(places.row("total", _("Together"), list(places.counts), sums=True))
    return _by_district(places, rows, several=len(regions) > 1)


def _title(district: Area, region: Area) -> str:
    if district.parent_id == region.pk:
        return district.local_name
    # The NHS draws one border through a district: see `geo.models.RegionException`.
    return _("{district}, the part in {region}").format(
        district=district.local_name, region=region.local_name
    )


def _note() -> str:
    return _(
        "Elsewhere: pledges whose makers chose to be shown in the region only; they are counted in"
        " no district. Kept: done, of the pledges made in this period. Due: done, or the day chosen"
        " for it (else the next Change Day) has come."
    )


def _address(area: Area) -> str:
    return reverse("area-dashboard", args=[area.code])


def fulfilment_table(pledges: Kept) -> Table:
    columns = (Column("pledges", _("Pledges")), Column("share", _("Of those due"), SHARE))
    rows = (
        Row("kept", _("Kept"), (pledges.kept, share(pledges.kept, pledges.due)), colour="#007f3b"),
        Row(
            "open",
            _("Due, not done"),
            (pledges.broken, share(pledges.broken, pledges.due)),
            colour="#d5281b",
        ),
        Row("not_yet_due", _("Not yet due"), (pledges.waiting, None), colour="#aeb7bd"),
        Row("total", _("All pledges"), (pledges.due + pledges.waiting, None), sums=True),
    )
    note = _(
        "A promise is due on the day chosen for it, else on the next Change Day. What is done early"
        " is kept."
    )
    return Table("kept", _("Promises kept"), _("Promises"), columns, rows, note)
