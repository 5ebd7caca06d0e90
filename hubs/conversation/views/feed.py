"""The conversation's pages to read: all themes, one theme, the feed, files of it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.timeouts import bounded
from geo.live import log
from hubs.conversation import tiles as maps
from hubs.conversation import totals
from hubs.conversation.feed import files, near, orders
from hubs.conversation.feed.query import NEAREST, Asked
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from hubs.conversation.permissions import answers
from pledges.accounts.identity import person
from pledges.feed.among import numbers_of
from pledges.feed.lists import Page
from pledges.feed.paging import SIZE, Slice
from pledges.feed.query_string import tidy
from pledges.map import choices, nearby

FEW = 5  # posts of a theme at a time, on the page of all themes
ENTRIES = 50  # posts in a feed
ROWS = 2_000  # posts in a table
LISTS = ("theme", "kind")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All themes and how each goes, with the newest posts."""
    with bounded():
        going = totals.going()
        themes = [{"theme": theme, "going": going[theme.number]} for theme in Theme.objects.begun()]
        context = {
            "themes": themes,
            "total": sum(each.posts for each in going.values()),
            "replies": sum(each.replies for each in going.values()),
            "posts": orders.page(orders.NEWEST, PostFilters(), FEW, None).items,
            "supported": orders.page(orders.SUPPORTED, PostFilters(), FEW, None).items,
            "answers": answers(person(request)),
        }
        return render(request, "hubs/conversation/home.html", context)


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """One theme: what it is about, how it goes, what was heard and done, and its posts."""
    found = get_object_or_404(Theme, slug=slug)
    if not found.begun:
        raise Http404
    with bounded():
        filters = PostFilters(theme=(found,))
        going = totals.going()[found.number]
        context = {
            "theme": found,
            "going": going,
            "most": max((posts for _area, posts, _replies in going.regions), default=0),
            "heard": found.heard.all()[:12],
            "supported": orders.page(orders.SUPPORTED, filters, FEW, None).items,
            "posts": orders.page(orders.NEWEST, filters, FEW, None).items,
        }
        return render(request, "hubs/conversation/theme.html", context)


@csrf_exempt  # a search changes nothing, and a token would make the page one visitor's own
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """All public posts under the filters. A place is posted, and so in no address."""
    found = _searched(request.POST) if request.method == "POST" else None
    with bounded():
        live_at = log.newest()  # before anything that comes after it is read
        asked = Asked.read(tidy(request.GET, LISTS))
        part = Slice.read(request.GET)
        page = _page(asked, part, found)
        context = {
            "live_at": live_at,
            "asked": asked,
            "filters": asked.filters,
            "numbers": asked.numbers,
            "away": sum(asked.numbers.get("not_on_map", {}).values()),
            "list_query": asked.query_string(),
            "facets": asked.facets(),
            "areas": choices.areas(),
            "organisations": [] if part.cursor else asked.organisations(),
            "found": found,
            "picked": request.POST.get("pick") or None,
            "near": asked.sort == NEAREST,
            "posts": page.items,
            "shown": part.of(page, asked.total, asked.query_string()),
        }
        return render(request, "hubs/conversation/feed.html", context)


@require_safe
def among(request: HttpRequest) -> JsonResponse:
    """Answer the public posts with these numbers that pass: {"posts": [{"id"}]}.

    What live pages ask about news, all at the same time: the answer may be shared.
    """
    with bounded():
        filters = PostFilters.parse(request.GET, also=("ids",))
        rows = Post.objects.public().filter(pk__in=numbers_of(request.GET.get("ids", "")))
        found = [
            {"id": pk} for pk in filters.apply(rows).order_by("pk").values_list("pk", flat=True)
        ]
    return JsonResponse({"posts": found}, headers={"Cache-Control": "public, max-age=1"})


@require_safe
def on_map(request: HttpRequest) -> HttpResponse:
    """The posts of a list on a map; the list has those too that are not on it."""
    with bounded():
        asked = Asked.read(tidy(request.GET, LISTS))
        context = {
            "map": maps.of_posts(asked.filters),
            "numbers": asked.numbers,
            "away": sum(asked.numbers.get("not_on_map", {}).values()),
            "chips": asked.chips(),
            "list_query": asked.query_string(),
        }
        return render(request, "hubs/conversation/map.html", context)


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The first 50 posts of a list as an Atom feed."""
    with bounded():
        asked = Asked.read(tidy(request.GET, LISTS))
        page = _first(asked, ENTRIES)
        ending = f"?{words}" if (words := asked.query_string()) else ""
        paths = [reverse(name) + ending for name in ("talk-posts", "talk-feed")]
        written = files.feed(page.items, settings.SITE_URL, *paths)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The first 2,000 posts of a list as CSV."""
    with bounded():
        page = _first(Asked.read(tidy(request.GET, LISTS)), ROWS)
        written = files.table(page.items, settings.SITE_URL)
    # Spreadsheets take a file for UTF-8 by its mark.
    response = HttpResponse(written.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="posts.csv"'
    return response


@require_safe
def spot(request: HttpRequest, morton: int) -> HttpResponse:
    """The posts at exactly one spot of the map that pass the filters, newest first."""
    if morton >= 1 << 48:
        raise Http404
    with bounded():
        filters = PostFilters.parse(request.GET)
        rows = filters.apply(Post.objects.public()).filter(morton=morton)
        context = {
            "morton": morton,
            "posts": list(rows.with_everything().newest_first()[:SIZE]),
            "total": rows.count(),
        }
        fragment = "X-Fragment" in request.headers
        template = "hubs/conversation/spot.html" if fragment else "hubs/conversation/spot_page.html"
        response = render(request, template, context)
    response["Vary"] = "X-Fragment"
    return response


def _searched(form: QueryDict) -> nearby.Found:
    pick = params.integer("pick", form["pick"], 0, 100) if form.get("pick") else None
    return nearby.search(params.text(form, "place"), pick)


def _page(asked: Asked, part: Slice, found: nearby.Found | None) -> Page:
    if asked.sort != NEAREST:
        return orders.page(asked.order, asked.filters, SIZE, asked.total, part.cursor)
    if not found or not found.place:
        return Page([], None)
    on_map = asked.numbers.get("on_map")
    return Page(near.nearest(found.place.location, asked.filters, near.MOST, on_map), None)


def _first(asked: Asked, limit: int) -> Page:
    """Return the beginning of a list; a file knows of no place to be near to."""
    return orders.page(asked.order, asked.filters, limit, asked.total)
