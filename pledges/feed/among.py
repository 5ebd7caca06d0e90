"""Which of some pledges pass the filters, and where they are: what live pages ask about news."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from geo.core import params
from geo.core.errors import BadParameter
from geo.core.timeouts import bounded
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge

MOST = 200
LONGEST = 20 * MOST  # characters


@require_safe
def among(request: HttpRequest) -> JsonResponse:
    """Answer the public pledges with these numbers that pass: {"pledges": [{"id", "at"?}]}.

    `at` is longitude and latitude of the place in public view. All who listen ask the same at the
    same time, so the answer may be shared.
    """
    with bounded():
        filters = PledgeFilters.parse(request.GET, also=("ids",))
        rows = Pledge.objects.public().filter(pk__in=numbers_of(request.GET.get("ids", "")))
        found = [
            {"id": pk, "at": [at.x, at.y]} if at else {"id": pk}
            for pk, at in filters.apply(rows).order_by("pk").values_list("pk", "location")
        ]
    return JsonResponse({"pledges": found}, headers={"Cache-Control": "public, max-age=1"})


def numbers_of(words: str) -> list[int]:
    """Return the numbers of a list with commas. Raises BadParameter for too many."""
    parts = [part for part in words[:LONGEST].split(",") if part]
    if len(parts) > MOST or len(words) > LONGEST:
        raise BadParameter("ids", f"more than {MOST}")
    return [params.integer("ids", part, 0, 2**63 - 1) for part in parts]
