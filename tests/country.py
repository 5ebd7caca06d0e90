"""A whole country on squared paper, for tests that need many pledges rather than known ones.

Ten regions in two columns, each cut into two by two districts; a district has three outcodes of
ten postcodes and one organisation. Regions have the true codes, which the demo's weights go by.
"""

from django.contrib.gis.geos import Point

from geo.areas.models import Area
from geo.geocoding.models import Postcode
from geo.loaders import outcodes
from pledges.organisations.loaders.reference import load_change_days, load_themes
from tests.factories import make_area, make_edition, make_organisation

ENGLAND = ("Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63")
REGIONS = (*ENGLAND, "W92000004", "S92000003", "N92000002")
SIDE = 1.6  # degrees of a region; half of it is a district's
WEST, SOUTH = -5.0, 50.0


def draw_country() -> None:
    edition = make_edition("country")
    box = (WEST, SOUTH, WEST + 2 * SIDE, SOUTH + 5 * SIDE)
    nation = make_area(Area.Kind.NATION, "K02000001", "Gridland", box, edition=edition)
    postcodes: list[Postcode] = []
    for number, code in enumerate(REGIONS):
        west, south = WEST + number % 2 * SIDE, SOUTH + number // 2 * SIDE
        box = (west, south, west + SIDE, south + SIDE)
        region = make_area(
            Area.Kind.REGION, code, f"Region {code}", box, edition=edition, parent=nation
        )
        for quarter in range(4):
            postcodes += _district(number, quarter, region, west, south)
    Postcode.objects.bulk_create(postcodes)
    outcodes.rebuild()
    load_themes(lambda words: None, force=True)
    load_change_days(lambda words: None, force=True)


def _district(number: int, quarter: int, region: Area, west: float, south: float) -> list[Postcode]:
    """Make a district with its organisation; return its postcodes, on a diagonal."""
    half = SIDE / 2
    west, south = west + quarter % 2 * half, south + quarter // 2 * half
    code = f"E07000{number}{quarter}0"
    district = make_area(
        Area.Kind.DISTRICT,
        code,
        f"District {number}{quarter}",
        (west, south, west + half, south + half),
        edition=region.edition,
        parent=region,
    )
    at = (west + 0.1, south + 0.7)
    make_organisation(f"R{number}{quarter}", f"Trust {number}{quarter}", at, district)
    return [
        Postcode(
            code=f"{chr(65 + number)}{quarter * 3 + outcode + 1}{unit}AA",
            location=Point(
                round(west + 0.05 + 0.2 * outcode + 0.01 * unit, 3),
                round(south + 0.05 + 0.2 * outcode + 0.02 * unit, 3),
                srid=4326,
            ),
            district_code=code,
            live=True,
        )
        for outcode in range(3)
        for unit in range(10)
    ]
