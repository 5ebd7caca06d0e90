"""Which hub to turn to: the one whose area holds a place, and the nearest."""

from django.contrib.gis.geos import Point
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter, NotFound, PlaceNotFound
from geo.core.timeouts import bounded
from geo.geocoding import postcodes
from geo.geocoding.parsing import parse
from hubs.hub.local import local_hubs, region_at
from hubs.hub.published import HubSerializer


@require_safe
def nearest_hub(request: HttpRequest) -> JsonResponse:
    """Answer {"containing": hub or null, "nearest": hub} for `postcode`, or for `lat` and `lon`.

    Hubs are GeoJSON features; `nearest` has `distance_m`, the geodesic distance in metres from
    the place to the hub's. `note` says if a postcode is no longer used, or only its first half is
    known. Raises BadParameter, PlaceNotFound or OutsideUnitedKingdom.
    """
    params.reject_unknown(request.GET, ("postcode", "lat", "lon"))
    with bounded():
        if "postcode" in request.GET:
            point, region, note = _of_postcode(params.text(request.GET, "postcode"))
        else:
            point, note = params.point(request.GET), ""
            region = region_at(point)
        answer = _answer(point, region)
    if note:
        answer["note"] = note
    return JsonResponse(answer, headers={"Access-Control-Allow-Origin": "*"})


def _of_postcode(words: str) -> tuple[Point, Area | None, str]:
    """Point, region and what to know. The postcode's own code decides its region."""
    if not words:
        raise BadParameter("postcode", "is missing")
    found = postcodes.find(parse(words))
    if not found:
        raise PlaceNotFound(_("We do not know this postcode."))
    return found[0].location, found[0].region, found[0].note


def _answer(point: Point, region: Area | None) -> dict:
    found = local_hubs(point, region)
    if found.nearest is None:
        raise NotFound(_("There are no hubs yet."))
    write = HubSerializer().to_representation  # to make one takes longer than to find the hubs
    nearest = write(found.nearest)
    nearest["properties"]["distance_m"] = round(found.metres)
    containing = write(found.serving) if found.serving else None
    return {"containing": containing, "nearest": nearest}
