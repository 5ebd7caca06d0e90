"""The public pages of resources: the list with its search, one of them, its file or link."""

import re

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geo import uploads
from geo.core import params
from geo.core.timeouts import bounded
from hubs.following import comments
from hubs.following.bookmarks import BookmarkButton
from hubs.following.ratable import RESOURCE
from hubs.hub.models import Hub
from hubs.resources import actions
from hubs.resources.forms import ResourceFilters
from hubs.resources.models import Resource
from pledges.feed.views import tidy

SIZE = 20  # on a page
MOST_PAGES = 1000
# User agents of robots, which are not counted.
ROBOT = re.compile(r"bot|crawl|spider|slurp|preview|scan|monitor|fetcher|archiver", re.IGNORECASE)
BEGINS = re.compile(r"bytes=0-", re.IGNORECASE)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """All published resources that pass the search, some at a time."""
    query = tidy(request.GET)
    with bounded():
        filters = ResourceFilters.parse(query)
        rows = filters.apply(Resource.objects.published().with_everything())
        number = params.integer("page", query.get("page", "1"), 1, MOST_PAGES)
        page = Paginator(rows, SIZE).get_page(number)
        context = {
            "filters": filters,
            "page": page,
            "resources": list(page),
            "hubs": Hub.objects.only("name", "name_cy", "slug"),
            "kinds": Resource.Kind.choices,
            "audiences": Resource.Audience.choices,
            "languages": Resource.Language.choices,
        }
        return render(request, "hubs/resources/library.html", context)


@require_safe
def resource(request: HttpRequest, pk: int) -> HttpResponse:
    """One published resource."""
    with bounded():
        rows = Resource.objects.published().with_everything()
        found = get_object_or_404(rows, pk=pk)
        context = {
            "resource": found,
            "bookmark": BookmarkButton(RESOURCE, found),
            "feedback": comments.section(RESOURCE, found),
        }
        return render(request, "hubs/resources/resource.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a published resource; the download is counted."""
    rows = Resource.objects.published().select_related("upload")
    found = get_object_or_404(rows, pk=pk, upload__isnull=False)
    answer = uploads.upload_response(found.upload, found.title)
    if _is_download(request):
        actions.count_download(found)
    return answer


@require_safe
@never_cache
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect to the website of a published resource; counted as a download."""
    found = get_object_or_404(Resource.objects.published().exclude(link=""), pk=pk)
    if _is_download(request):
        actions.count_download(found)
    return HttpResponseRedirect(found.link)


def _is_download(request: HttpRequest) -> bool:
    """Whether to count this as a download: no prefetch, no later part of one, and no robot."""
    headers = request.headers
    prefetch = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    part = not BEGINS.match(headers.get("Range", "bytes=0-"))
    robot = ROBOT.search(headers.get("User-Agent", ""))
    return request.method == "GET" and not (prefetch or part or robot)
