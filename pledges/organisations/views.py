"""The page of an organisation, and the suggestions while its name is typed."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from geo.core import params
from geo.core.timeouts import bounded
from pledges.counts import totals
from pledges.feed.sorting import NEWEST
from pledges.feed.views import ROWS, SIZE, PageStart
from pledges.filters import PledgeFilters
from pledges.map import page as maps
from pledges.map.links import map_address
from pledges.organisations import search
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge, Theme
from pledges.sections import sections_of
from pledges.stories.listing import Section
from pledges.wall.listing import PLEDGES

TEAMS = 20  # named on the page of an organisation
NEARBY = 10  # zoom at which an organisation's neighbourhood is in view


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """The organisation with all its pledges; its one address has the code, or else the slug."""
    with bounded():
        found = organisation_of(code)
        if code != found.public_code:
            address = reverse("organisation", args=[found.public_code])
            query = request.META.get("QUERY_STRING")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        filters = PledgeFilters(organisation=found)
        part = PageStart.read(request.GET)
        page = PLEDGES.page(NEWEST, filters, SIZE, word=part.cursor)
        numbers = totals.summary(filters)
        by_teams = replace(filters, who=("team",)).apply(Pledge.objects.public())
        teams = list(by_teams.teams(TEAMS + 1))
        by_theme, themes = numbers["facets"]["theme"], list(Theme.objects.all())
        context = {
            "organisation": found,
            "numbers": numbers,
            "themes": [(theme, by_theme[theme.slug]) for theme in themes],
            "teams": teams[:TEAMS],
            "more_teams": len(teams) > TEAMS,
            "query": filters.query_string(),
            "rows": ROWS,
            "pledges": page.items,
            "shown": part.of(page, numbers["total"]),
            "map_address": map_address(found.location, filters.query_string(), NEARBY),
            "nearby_address": map_address(found.location, zoom=NEARBY),
            "map": maps.of_organisation(found, themes) if numbers["on_map"] else None,
            "stories": Section.of_organisation(found),
            "successors": list(found.successors.order_by("name")),
            "predecessors": list(found.predecessors.order_by("name")),
            "sections": sections_of(found),
        }
        return render(request, "pledges/organisations/organisation.html", context)


def organisation_of(code: str) -> Organisation:
    """The organisation of a code or slug, or the one that it was merged into; else Http404."""
    code = params.clean(code)
    organisations = Organisation.objects.with_areas()
    found = organisations.by_code(code).first()
    if found:
        return found
    words = [code.upper(), code.lower()]
    return get_object_or_404(organisations.filter(former_addresses__word__in=words).distinct())


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Up to ten organisations for the beginning of a name: [{code, name, pledges, place, ...}].

    `also` is the former or site name that has the words, where the name itself has not; `closed`
    is the day on which the organisation ended, or null. Fewer than two letters find none.
    """
    params.reject_unknown(request.GET, ("q",))
    words = params.text(request.GET, "q")
    found = [_suggestion(organisation, words) for organisation in search.organisations(words)]
    return JsonResponse(found, safe=False, headers={"Cache-Control": "public, max-age=60"})


def _suggestion(organisation: Organisation, words: str) -> dict:
    area = organisation.district or organisation.region
    return {
        "code": organisation.public_code,
        "name": organisation.name,
        "also": organisation.other_name_with(words),
        "pledges": organisation.pledge_count,
        "place": area.local_name if area else "",
        "closed": organisation.closed.isoformat() if organisation.closed else None,
    }
