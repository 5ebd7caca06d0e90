"""Morton codes in PostGIS and in Python say the same."""

import math

import pytest
from django.db import connection

from geo.tiles.grid import PIXELS, Tile, degrees, morton_decode

UK = {
    "Land's End": (-5.7147, 50.0657),
    "Greenwich": (0.0, 51.4779),
    "Lowestoft": (1.7635, 52.4811),
    "Belfast": (-5.9301, 54.5973),
    "Muckle Flugga": (-0.8856, 60.8563),
}
WORLD = {"equator": (0.0, 0.0), "south-east": (151.2, -33.86), "near the edge": (179.9999, 85.05)}


def morton(longitude: float, latitude: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select geo_morton(st_setsrid(st_makepoint(%s, %s), 4326))", [longitude, latitude]
        )
        return cursor.fetchone()[0]


def pixel(longitude: float, latitude: float) -> tuple[int, int]:
    """Web Mercator by the book: EPSG:3857, scaled to a world of 2^24 pixels."""
    angle = math.radians(latitude)
    y = (1 - math.asinh(math.tan(angle)) / math.pi) / 2
    return int((longitude + 180) / 360 * PIXELS), int(y * PIXELS)


@pytest.mark.django_db
@pytest.mark.parametrize("place", [*UK, *WORLD])
def test_a_code_is_its_pixel(place):
    at = (UK | WORLD)[place]
    assert morton_decode(morton(*at)) == pixel(*at)


@pytest.mark.django_db
@pytest.mark.parametrize("place", UK)
def test_a_code_leads_back_to_within_two_metres(place):
    longitude, latitude = UK[place]
    column, row = morton_decode(morton(longitude, latitude))
    back = degrees(column + 0.5, row + 0.5)
    metre = 1 / 111_000
    assert abs(back[0] - longitude) * math.cos(math.radians(latitude)) < 2 * metre
    assert abs(back[1] - latitude) < 2 * metre


@pytest.mark.django_db
@pytest.mark.parametrize("place", UK)
@pytest.mark.parametrize("z", [0, 5, 11, 16, 18])
def test_a_tile_holds_the_codes_of_its_pixels(place, z):
    at = UK[place]
    column, row = pixel(*at)
    tile = Tile(z, column >> 24 - z, row >> 24 - z)
    assert tile.low <= morton(*at) < tile.high


@pytest.mark.django_db
def test_corners_beyond_the_square_are_clamped():
    last = PIXELS - 1
    assert morton_decode(morton(180, -90)) == (last, last)
    assert morton_decode(morton(-180, 90)) == (0, 0)
    assert morton_decode(morton(180, 90)) == (last, 0)


@pytest.mark.django_db
def test_no_point_has_no_code():
    with connection.cursor() as cursor:
        cursor.execute("select geo_morton(null)")
        assert cursor.fetchone() == (None,)


@pytest.mark.django_db
def test_gathering_undoes_spreading_over_all_24_bits():
    with connection.cursor() as cursor:
        cursor.execute(
            "select bool_and(geo_gather(geo_spread(v)) = v) from"
            " (select 1::bigint << b as v from generate_series(0, 23) b"
            " union all select 16777215 union all select 11184810) s"
        )
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_columns_and_rows_gather_as_in_python():
    with connection.cursor() as cursor:
        cursor.execute(
            "select m, geo_gather(m), geo_gather(m >> 1) from (select geo_morton(st_setsrid("
            "st_makepoint(x, y), 4326)) as m from generate_series(-8.2, 1.8, 0.37) x,"
            " generate_series(49.8, 60.9, 0.41) y) s"
        )
        rows = cursor.fetchall()
    assert len(rows) > 700
    assert all(morton_decode(code) == (column, row) for code, column, row in rows)
