"""Cluster tiles as Mapbox Vector Tiles 2.1, for other sites' maps; encoded by PostGIS."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from orjson import dumps

from geo.tiles.grid import Tile

MEDIA = "application/vnd.mapbox-vector-tile"
EXTENT = 4096
ENCODE = """
select ST_AsMVT(shown, %(layer)s, %(extent)s, 'place', 'id') from (
    select given.id, given.properties, ST_AsMVTGeom(
        ST_Transform(ST_SetSRID(ST_MakePoint(given.x, given.y), 4326), 3857),
        ST_TileEnvelope(%(z)s, %(x)s, %(y)s), %(extent)s, 64, true
    ) as place
    from jsonb_to_recordset(%(features)s::jsonb)
        as given(id bigint, x float8, y float8, properties jsonb)
) as shown where place is not null
"""


def encode(layer: str, tile: Tile, features: Sequence[Mapping]) -> bytes:
    """Return the features of a cluster tile as one layer of a vector tile.

    Attributes are flat, as the format requires: what is inside `parts` becomes `part_care` and so
    on, and lists are left to the JSON tiles. Only whole numbers can be ids.
    """
    rows = [
        {
            "id": feature.get("id") if isinstance(feature.get("id"), int) else None,
            "x": feature["geometry"]["coordinates"][0],
            "y": feature["geometry"]["coordinates"][1],
            "properties": flat(feature["properties"]),
        }
        for feature in features
    ]
    values: dict[str, Any] = {"layer": layer, "extent": EXTENT, "features": dumps(rows).decode()}
    with connection.cursor() as cursor:
        cursor.execute(ENCODE, {**values, "z": tile.z, "x": tile.x, "y": tile.y})
        return bytes(cursor.fetchone()[0])


def flat(properties: Mapping) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in properties.items():
        if isinstance(value, Mapping):
            prefix = name.removesuffix("s")
            found |= {f"{prefix}_{inner}": each for inner, each in value.items()}
        elif not isinstance(value, list) and value is not None:
            found[name] = value
    return found
