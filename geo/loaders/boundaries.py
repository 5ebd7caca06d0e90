"""Write areas with their boundaries, names and pieces; the rule for which region a place is in."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from geo.areas.models import Area, AreaName, AreaPiece, Edition
from geo.geocoding.normalise import normalise
from geo.loaders.boundary_files import Shape
from geo.loaders.datasets import DataRefused, Report

PIECE_VERTICES = 128
SUBDIVIDE = """
INSERT INTO {piece} (area_id, shape)
SELECT id, (ST_Dump(ST_Subdivide(boundary, %s))).geom
FROM {area}
WHERE kind = %s AND code = ANY(%s)
"""
# A parent is of the next wider kind; districts lie in regions, regions in nations.
WIDER: dict[str, str] = {
    Area.Kind.DISTRICT: Area.Kind.REGION,
    Area.Kind.REGION: Area.Kind.NATION,
}


@transaction.atomic
def save(kind: str, edition: Edition, shapes: Iterable[Shape], report: Report) -> int:
    """Make these the current areas of their kind; answer how many there are.

    An area keeps its row for ever, since others point at it: a known code gets its new name and
    boundary, one that the edition no longer has is ended on the edition's first day.
    Raises DataRefused, and changes nothing, when a newer edition is current already.
    """
    shapes = list(shapes)
    _refuse_older(kind, edition)
    parents = _parents(kind, shapes)
    areas = [_area(kind, edition, shape, parents.get(shape.parent_code)) for shape in shapes]
    Area.objects.bulk_create(
        areas,
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=[
            *("name", "name_cy", "edition", "ended", "label", "boundary", "boundary_low"),
            # A file without a column for parents leaves those that are known.
            *(["parent"] if parents else []),
        ],
        batch_size=50,
    )
    codes = [shape.code for shape in shapes]
    current = Area.objects.filter(kind=kind, code__in=codes)
    gone = Area.objects.filter(kind=kind, ended__isnull=True).exclude(code__in=codes)
    ended = gone.update(ended=edition.valid_from)
    _rebuild_names(current)
    _rebuild_pieces(kind, codes)
    _find_parents(kind)
    report(f"Areas: {len(areas)} of kind {kind} by {edition.slug}, {ended} ended.")
    return len(areas)


def _refuse_older(kind: str, edition: Edition) -> None:
    newer = Edition.objects.filter(
        areas__kind=kind, areas__ended__isnull=True, valid_from__gt=edition.valid_from
    ).first()
    if newer:
        raise DataRefused(
            f"{newer.slug}, valid from {newer.valid_from}, is loaded and newer than"
            f" {edition.slug}, valid from {edition.valid_from}."
        )


def _parents(kind: str, shapes: list[Shape]) -> Mapping[str, Area]:
    wanted = {shape.parent_code for shape in shapes} - {""}
    found = {
        area.code: area
        for area in Area.objects.current()
        .without_boundaries()
        .filter(kind=WIDER.get(kind, ""), code__in=wanted)
    }
    if unknown := wanted - set(found):
        raise DataRefused(f"No current area has the code {', '.join(sorted(unknown))}.")
    return found


def _area(kind: str, edition: Edition, shape: Shape, parent: Area | None) -> Area:
    return Area(
        kind=kind,
        code=shape.code,
        name=shape.name,
        name_cy=shape.name_cy,
        parent=parent,
        edition=edition,
        ended=None,
        label=shape.label,
        boundary=shape.boundary,
        boundary_low=shape.boundary_low,
    )


def _rebuild_names(areas: Iterable[Area]) -> None:
    areas = list(areas)
    AreaName.objects.filter(area__in=areas).delete()
    AreaName.objects.bulk_create(
        AreaName(area=area, text=text) for area in areas for text in search_names(area)
    )


def search_names(area: Area) -> set[str]:
    """Names by which an area is searched: `Bristol, City of` is `City of Bristol` and `Bristol`."""
    found = set()
    for name in filter(None, (area.name, area.name_cy)):
        head, _comma, tail = name.partition(", ")
        found |= {normalise(name), normalise(f"{tail} {head}"), normalise(head)}
    return found - {""}


def _rebuild_pieces(kind: str, codes: list[str]) -> None:
    """Cut the kind's boundaries into pieces: a point is found in one of 128 vertices at once."""
    # By keys: a join with areas that were written a moment ago is planned as if they were none.
    areas = list(Area.objects.filter(kind=kind).values_list("pk", flat=True))
    AreaPiece.objects.filter(area__in=areas).delete()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            SUBDIVIDE.format(
                piece=quote(AreaPiece._meta.db_table), area=quote(Area._meta.db_table)
            ),
            [PIECE_VERTICES, kind, codes],
        )


def _find_parents(kind: str) -> None:
    """Give areas without a parent the wider area that their label lies in."""
    wider = WIDER.get(kind)
    for area in Area.objects.current().without_boundaries().filter(kind=kind, parent=None):
        parent = Area.objects.current().filter(kind=wider).containing(area.label).first()
        if parent:
            area.parent = parent
            area.save(update_fields=["parent"])


def edition(slug: str, valid_from: datetime.date, **more: str) -> Edition:
    """The edition of this name, made or brought up to date."""
    found, _ = Edition.objects.update_or_create(
        slug=slug, defaults={"name": slug, "valid_from": valid_from, **more}
    )
    return found
