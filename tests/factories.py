"""The ground of the tests: squares whose answers can be worked out in one's head.

52 +-----------+-----------+
   |           | Birchester|      One nation, two regions side by side: West and East.
51 |  Alderham +-----------+      West is one district, East two.
   |           | Cottleigh |
50 +-----------+-----------+
  -4          -2           0
"""

import datetime
import io
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db import connection, models
from django.utils import timezone

from geo.areas.models import Area, AreaPiece, Edition
from geo.geocoding.models import Dataset, Outcode, Postcode, Sector
from geo.loaders import outcodes
from pledges.organisations.loaders.reference import load_themes
from pledges.organisations.models import Organisation
from pledges.pledging import actions
from pledges.pledging.models import Pledge, Theme

# Letters and digits of each postcode, longitude, latitude, district, whether it is live.
POSTCODES = (
    ("BS11AA", -3.0, 51.0, "E07000001", True),
    ("BS11AB", -2.98, 51.0, "E07000001", True),
    ("BS11AC", -2.96, 51.0, "E07000001", True),
    # SO1 is the beginning of SO14: a trap for whoever searches by prefix.
    ("SO14AA", -1.0, 51.5, "E07000002", True),
    ("SO14AB", -0.98, 51.5, "E07000002", True),
    ("SO140AA", -1.0, 50.5, "E07000003", True),
    ("SO140AB", -0.98, 50.5, "E07000003", True),
    ("SO140AC", -0.96, 50.5, "E07000003", True),
    ("SO141AA", -0.94, 50.5, "E07000003", True),
    ("SO140ZZ", -0.5, 50.1, "E07000003", False),
    # One of SO14 lies over the border, in Birchester.
    ("SO149AA", -1.0, 51.1, "E07000002", True),
)


def square(west: float, south: float, east: float, north: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


def make_edition(slug: str = "squares") -> Edition:
    return Edition.objects.create(
        slug=slug,
        name="Hand-drawn squares",
        valid_from=datetime.date(2025, 4, 1),
        source="drawn by hand",
        licence="none needed",
    )


def make_area(
    kind: str, code: str, name: str, box: tuple[float, float, float, float], **fields: Any
) -> Area:
    """Make a square area with its one piece; west, south, east, north in degrees."""
    shape = square(*box)
    edition = fields.pop("edition", None) or Edition.objects.first() or make_edition()
    area = Area.objects.create(
        kind=kind,
        code=code,
        name=name,
        edition=edition,
        boundary=shape,
        boundary_low=shape,
        label=shape.centroid,
        **fields,
    )
    AreaPiece.objects.create(area=area, shape=shape[0])
    return area


@dataclass(frozen=True)
class Ground:
    """Areas, themes and organisations by the names that the tests call them."""

    nation: Area
    west: Area
    east: Area
    alderham: Area
    birchester: Area
    cottleigh: Area
    hospital: Organisation
    clinic: Organisation
    nowhere: Organisation
    themes: dict[str, Theme] = field(default_factory=dict)


# In the order in which their rows may be written.
DRAWN = (Edition, Area, AreaPiece, Dataset, Postcode, Outcode, Sector, Theme, Organisation)


def draw_ground() -> Ground:
    """Write the squares, a few postcodes, the themes of the project and three organisations.

    A process draws once, and copies the rows from then on: thousands of tests begin with them.
    """
    ground, rows = _kept()
    # It is there when it was just drawn, and in a file whose tests share it.
    if not Organisation.objects.filter(pk=ground.hospital.pk).exists():
        with connection.cursor() as cursor:
            for model, lines in rows.items():
                cursor.copy_expert(f"copy {_columns(model)} from stdin", io.StringIO(lines))
    return deepcopy(ground)


@cache
def _kept() -> tuple[Ground, dict[type[models.Model], str]]:
    """The ground, drawn in a database that has none, and its rows as PostgreSQL copies them."""
    ground, rows = _draw(), {}
    with connection.cursor() as cursor:
        for model in DRAWN:
            lines = io.StringIO()
            cursor.copy_expert(f"copy {_columns(model)} to stdout", lines)
            rows[model] = lines.getvalue()
    return ground, rows


def _columns(model: type[models.Model]) -> str:
    """A table with its columns, but for those that PostgreSQL works out."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return f"{model._meta.db_table} ({', '.join(field.column for field in fields)})"


def _draw() -> Ground:
    kinds = Area.Kind
    nation = make_area(kinds.NATION, "E92000001", "Squareland", (-4, 50, 0, 52))
    west = make_area(kinds.REGION, "Y58", "West", (-4, 50, -2, 52), parent=nation)
    east = make_area(kinds.REGION, "Y59", "East", (-2, 50, 0, 52), parent=nation)
    alderham = make_area(kinds.DISTRICT, "E07000001", "Alderham", (-4, 50, -2, 52), parent=west)
    north, south = (-2, 51, 0, 52), (-2, 50, 0, 51)
    birchester = make_area(kinds.DISTRICT, "E07000002", "Birchester", north, parent=east)
    cottleigh = make_area(kinds.DISTRICT, "E07000003", "Cottleigh", south, parent=east)
    Postcode.objects.bulk_create(
        Postcode(code=code, location=Point(x, y, srid=4326), district_code=district, live=live)
        for code, x, y, district, live in POSTCODES
    )
    outcodes.rebuild()
    load_themes(lambda words: None, force=True)
    return Ground(
        nation=nation,
        west=west,
        east=east,
        alderham=alderham,
        birchester=birchester,
        cottleigh=cottleigh,
        hospital=make_organisation("RXA", "Alderham Hospital", (-3.0, 51.5), alderham),
        clinic=make_organisation("RXB", "Birchester Clinic", (-1.5, 51.5), birchester),
        nowhere=make_organisation(None, "Cottage Society", None, None),
        themes={theme.slug: theme for theme in Theme.objects.all()},
    )


def make_organisation(
    code: str | None,
    name: str,
    at: tuple[float, float] | None,
    district: Area | None,
    **fields: Any,
) -> Organisation:
    """Make an organisation at longitude and latitude, in a district and the region around it."""
    return Organisation.objects.create(
        code=code,
        slug=name.lower().replace(" ", "-"),
        name=name,
        location=Point(*at, srid=4326) if at else None,
        district=district,
        region=district and district.parent,
        **fields,
    )


MARKS = ("done", "held", "hidden", "withdrawn")


def make_pledge(ground: Ground, text: str = "I will listen.", **choices: Any) -> Pledge:
    """Make a pledge by the way in that people use; shown where the choices suggest.

    `theme` is a slug and `on` the moment or day when it was made. `MARKS` and `demo` mark it so.
    What is left goes to `actions.make_pledge`.
    """
    theme = ground.themes[choices.pop("theme", "care")]
    marks = {f"{mark}_at": choices.pop(mark, False) for mark in MARKS}
    changes: dict[str, Any] = {name: timezone.now() for name, wanted in marks.items() if wanted}
    if (on := choices.pop("on", None)) is not None:
        changes["created_at"] = on if isinstance(on, datetime.datetime) else noon(on)
    if choices.pop("demo", False):
        changes["demo"] = True
    if "show" not in choices:
        choices["show"] = _suggested(choices)
    pledge = actions.make_pledge(text=text, theme=theme, **choices)
    if changes:
        Pledge.objects.filter(pk=pledge.pk).update(**changes)
    pledge.refresh_from_db()
    return pledge


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def _suggested(choices: dict[str, Any]) -> Pledge.Show:
    if choices.get("outcode"):
        return Pledge.Show.OUTCODE
    if choices.get("region"):
        return Pledge.Show.REGION
    return Pledge.Show.ORGANISATION if choices.get("organisation") else Pledge.Show.NONE


def outcode(code: str) -> Outcode:
    return Outcode.objects.get(code=code)
