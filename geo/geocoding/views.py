"""Find a place by words, complete words half typed, and say what lies around a point."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.gis.geos import Point
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from orjson import dumps

from geo.areas.lookup import AdminAreas
from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from geo.geocoding import chain
from geo.geocoding.results import Match

MOST = 25
DECIMALS = 6  # of a degree: a tenth of a metre


@require_safe
def geocode(request: HttpRequest) -> HttpResponse:
    """Answer a FeatureCollection of the places that `q` may mean, best first; empty for none."""
    return _search(request, chain.candidates)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer a FeatureCollection of the places that `q`, half typed, may become."""
    return _search(request, chain.suggest)


@require_safe
def reverse(request: HttpRequest) -> HttpResponse:
    """Answer a Feature: nation, region, district, nearest place and outcode of `lat`, `lon`."""
    params.reject_unknown(request.GET, ("lat", "lon"))
    point = params.point(request.GET)
    found = chain.reverse(point)
    properties = {
        "within": found.within,
        "place": found.place,
        "outcode": found.outcode,
        **_areas(found.areas),
        **found.more,
    }
    return _answer(
        {"type": "Feature", "geometry": _point(found.location), "properties": properties}
    )


def _search(request: HttpRequest, search: Callable[[str, int], list[Match]]) -> HttpResponse:
    params.reject_unknown(request.GET, ("q", "limit"))
    words = params.text(request.GET, "q")
    if not words:
        raise BadParameter("q", _("is missing: give a postcode, a town or coordinates"))
    limit = params.limit(request.GET, chain.MOST, MOST)
    features = [_feature(match) for match in search(words, limit)]
    return _answer({"type": "FeatureCollection", "features": features})


def _feature(match: Match) -> dict[str, object]:
    feature: dict[str, object] = {
        "type": "Feature",
        "geometry": _point(match.location),
        "properties": {
            "label": match.label,
            "kind": match.kind,
            "approximate": match.approximate,
            "note": match.note,
            "code": match.code,
            "outcode": match.outcode,
            **_areas(match.areas),
        },
    }
    if match.bounds:
        feature["bbox"] = [round(degrees, DECIMALS) for degrees in match.bounds]
    return feature


def _areas(areas: AdminAreas) -> dict[str, object]:
    return {
        "district": _area(areas.district),
        "region": _area(areas.region),
        "nation": _area(areas.nation),
    }


def _area(area: Area | None) -> dict[str, str] | None:
    return {"code": area.code, "name": area.local_name} if area else None


def _point(location: Point) -> dict[str, object]:
    coordinates = [round(location.x, DECIMALS), round(location.y, DECIMALS)]
    return {"type": "Point", "coordinates": coordinates}


def _answer(content: dict[str, object]) -> HttpResponse:
    response = HttpResponse(
        dumps(content), status=HTTPStatus.OK, content_type="application/geo+json"
    )
    # What one person searched for does not belong in a shared cache.
    response["Cache-Control"] = "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    return response
