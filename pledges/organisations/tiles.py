"""What reaches the public map of organisations: the features of their tiles."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.gis.geos import Polygon
from django.db.models import Avg, BigIntegerField, Count, F, FloatField, Func, Max, Q
from django.urls import reverse

from geo.core.filters import Filters
from geo.geocoding.models import Dataset
from geo.tiles.grid import CELLS, Tile, cell_bbox, collection, feature
from pledges.counts.totals import version
from pledges.organisations.models import Organisation, OrganisationQuerySet

# From here on a cell of 64 px is under two kilometres wide, and markers stand apart.
SINGLE_FROM = 12


def organisations_version() -> int:
    """A number that changes with the pledges counted and when organisations are loaded."""
    loads = Dataset.objects.filter(name__startswith="organisations")
    loaded = loads.aggregate(last=Max("loaded_at"))["last"]
    return version() + (int(loaded.timestamp()) << 40 if loaded else 0)


def organisation_clusters(filters: Filters, tile: Tile) -> dict:
    """Return the FeatureCollection of a tile of organisations, in at most two queries.

    Below zoom 12 a cell with several is a cluster: {"count", "bbox"}. One alone is a feature with
    its code as `id` and {"count": 1, "code", "name", "pledges", "url", "closed"}, where `closed`
    says whether it exists no more. Several at one point, as a trust and the one before it in the
    same hospital, are {"count", "spot", "organisations": [those properties without `count`]}.
    """
    rows = filters.apply(Organisation.objects.on_map()).filter(_within(tile)).order_by()
    if tile.z >= SINGLE_FROM:
        return collection(_singles(rows))
    cz = tile.z + CELLS
    shift = 2 * (24 - cz)
    cell = Func(F("morton"), template=f"(%(expressions)s >> {shift})")
    cell.output_field = BigIntegerField()
    cells = list(
        rows.annotate(cell=cell)
        .values("cell")
        .annotate(
            n=Count("*"),
            x=Avg(Func(F("location"), function="ST_X", output_field=FloatField())),
            y=Avg(Func(F("location"), function="ST_Y", output_field=FloatField())),
        )
        .values_list("cell", "n", "x", "y")
    )
    clusters = [
        feature([round(x, 6), round(y, 6)], {"count": n, "bbox": cell_bbox(code, cz)})
        for code, n, x, y in sorted(cells)
        if n > 1
    ]
    alone = Q()
    for code, n, _, _ in cells:
        if n == 1:
            alone |= Q(morton__gte=code << shift, morton__lt=code + 1 << shift)
    return collection([*clusters, *(_singles(rows.filter(alone)) if alone else [])])


def _within(tile: Tile) -> Q:
    """The tile's own organisations: the box is what the index answers, the codes are exact."""
    box = Polygon.from_bbox(cell_bbox(tile.code, tile.z))
    box.srid = 4326
    # A box rounded to 6 decimals might miss a point on its very edge.
    box = box.buffer(1e-5).envelope
    return Q(location__bboverlaps=box, morton__gte=tile.low, morton__lt=tile.high)


def _singles(rows: OrganisationQuerySet) -> Iterator[dict]:
    spots = defaultdict(list)
    wanted = ("code", "slug", "name", "location", "morton", "closed")
    open_first = F("closed").desc(nulls_first=True)
    for organisation in rows.with_pledges().only(*wanted).order_by(open_first, "name"):
        spots[organisation.morton].append(organisation)
    for spot, organisations in sorted(spots.items()):
        point = organisations[0].location
        position = [round(point.x, 6), round(point.y, 6)]
        told = [_told(organisation) for organisation in organisations]
        if len(told) == 1:
            yield feature(position, {"count": 1, **told[0]}, told[0]["code"])
        else:
            properties = {"count": len(told), "spot": str(spot), "organisations": told}
            yield feature(position, properties)


def _told(organisation: Organisation) -> dict:
    return {
        "code": organisation.public_code,
        "name": organisation.name,
        "pledges": organisation.pledge_count,
        "url": reverse("organisation", args=[organisation.public_code]),
        "closed": organisation.closed is not None,
    }
