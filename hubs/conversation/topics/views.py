"""What people talk about in a theme, and its report as a page and as files."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from geo.areas.models import Area
from geo.core import params
from geo.core.csv import MEDIA_TYPE, encode
from geo.core.errors import BadParameter
from geo.core.timeouts import bounded
from hubs.conversation.models.themes import Theme
from hubs.conversation.topics import files
from hubs.conversation.topics.reading import terms as terms_of
from hubs.conversation.topics.report import Report, report
from pledges.filters import area_of

FILES: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "csv": (MEDIA_TYPE, lambda made: encode(files.table(made, settings.SITE_URL))),
    "pdf": ("application/pdf", lambda made: files.pdf(made, settings.SITE_URL)),
}


@require_safe
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Top terms and rising topics of a theme, in a region or anywhere."""
    theme = _begun(slug)
    params.reject_unknown(request.GET, ("area",))
    with bounded():
        region = area_of(request.GET)
        if region and region.kind != Area.Kind.REGION:
            raise BadParameter("area", "is no region")
        context = {
            "theme": theme,
            "region": region,
            "regions": Area.objects.regions().without_boundaries(),
            "terms": terms_of(theme, region),
        }
        return render(request, "hubs/conversation/terms.html", context)


@require_safe
def of_theme(request: HttpRequest, slug: str, kind: str = "") -> HttpResponse:
    """The report of a theme."""
    theme = _begun(slug)
    params.reject_unknown(request.GET, ())
    with bounded():
        made = report(theme)
        if not kind:
            context = {"report": made, "theme": theme, "site": ""}
            return render(request, "hubs/conversation/report.html", context)
        content_type, written = FILES[kind]
        response = HttpResponse(written(made), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="report-{theme.slug}.{kind}"'
    return response


def _begun(slug: str) -> Theme:
    theme = get_object_or_404(Theme, slug=slug)
    if not theme.begun:
        raise Http404
    return theme
