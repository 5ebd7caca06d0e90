"""Pages and files of dashboards, and the page on which areas are found."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo.areas.models import Area
from geo.core import params
from geo.core.csv import MEDIA_TYPE, encode
from geo.core.errors import BadParameter, NotFound
from geo.core.timeouts import bounded
from geo.geocoding.normalise import normalise
from geo.live import log
from hubs.dashboards import choropleth, export
from hubs.dashboards.context import page_context, shared_context
from hubs.dashboards.dashboard import Dashboard, build
from hubs.dashboards.query import UK, DashboardQuery, Subject, code_of, normalised
from pledges.filters import area_by_code
from pledges.organisations.models import Organisation

KINDS = {
    "csv": MEDIA_TYPE,
    "gpkg": "application/geopackage+sqlite3",
    "pdf": "application/pdf",
}


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Areas to choose from: those with the words in their name, and all regions."""
    params.reject_unknown(request.GET, ("q",))
    words = params.text(request.GET, "q")
    with bounded():
        found = _named(words) if words else []
        nations = Area.objects.nations().without_boundaries()
        regions = Area.objects.regions().without_boundaries().select_related("parent")
        context = {
            "words": words,
            "found": found,
            "nations": nations.exclude(code__in=regions.values("code")),
            "regions": regions.defer("parent__boundary", "parent__boundary_low"),
        }
        return render(request, "hubs/dashboards/areas.html", context)


def _named(words: str) -> list[Area]:
    """Areas whose name, English or Welsh, has the words, or with this code; at most thirty."""
    wanted = normalise(words)
    current = Area.objects.current().without_boundaries()
    rows = [*current.filter(code=words.upper())]
    if wanted:
        rows += current.filter(names__text__contains=wanted)
    found = {(area.kind, area.code): area for area in rows}
    # Scotland, Wales and Northern Ireland are a nation and a region of one extent.
    regions = {code for kind, code in found if kind == Area.Kind.REGION}
    areas = [a for a in found.values() if a.kind != Area.Kind.NATION or a.code not in regions]
    return sorted(areas, key=lambda area: (area.kind != Area.Kind.REGION, area.local_name))[:30]


@require_safe
def area(request: HttpRequest, code: str, kind: str = "") -> HttpResponse:
    """The dashboard of a nation, region or district, or of UK, as a page or a file."""
    return _answer(request, _area(params.clean(code)), kind)


@require_safe
def organisation(request: HttpRequest, code: str, kind: str = "") -> HttpResponse:
    with bounded():
        found = get_object_or_404(Organisation.objects.with_areas().by_code(params.clean(code)))
    if code != found.public_code:
        name = "organisation-dashboard" + (f"-{kind}" if kind else "")
        query = request.META.get("QUERY_STRING", "")
        address = reverse(name, args=[found.public_code])
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
    return _answer(request, found, kind)


def _area(code: str) -> Subject:
    if code.upper() == UK:
        return None
    try:
        return area_by_code(code[: params.LONGEST])
    except BadParameter:
        raise NotFound(_("No area has this code.")) from None


def _answer(request: HttpRequest, subject: Subject, kind: str) -> HttpResponse:
    if (normal := normalised(request.GET)) is not None:
        query_string = urlencode(list(normal.items()))
        return HttpResponseRedirect(f"{request.path}?{query_string}".removesuffix("?"))
    with bounded():
        live_at = log.newest()  # before anything that comes after it is read
        query = DashboardQuery.read(subject, request.GET)
        dashboard = build(query)
        context = shared_context(dashboard)
        if kind:
            return _file(dashboard, context, kind)
        context |= {**page_context(dashboard), "live_at": live_at}
        return render(request, "hubs/dashboards/dashboard.html", context)


def _file(dashboard: Dashboard, context: dict, kind: str) -> HttpResponse:
    content = {
        "csv": lambda: encode(export.to_csv(dashboard)),
        "gpkg": lambda: export.to_geopackage(dashboard),
        "pdf": lambda: export.to_pdf(
            {**context, "drawing": choropleth.drawing(dashboard.districts)}
        ),
    }[kind]()
    response = HttpResponse(content, content_type=KINDS[kind])
    name = f"dashboard-{code_of(dashboard.query.subject)}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
