"""The conversation's pages to read: all themes, one theme, the feed, files of it."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from geo.core.timeouts import bounded
from hubs.conversation import tiles as maps
from hubs.conversation import totals
from hubs.conversation.feed.listing import NEWEST, POSTS, SUPPORTED, PostQuery
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from hubs.conversation.permissions import answers
from pledges.accounts.identity import person
from pledges.feed import views as feed_views
from pledges.feed.views import SIZE, PageStart

FEW = 5  # posts of a theme at a time, on the page of all themes


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
            "posts": POSTS.page(NEWEST, PostFilters(), FEW).items,
            "supported": POSTS.page(SUPPORTED, PostFilters(), FEW).items,
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
            "supported": POSTS.page(SUPPORTED, filters, FEW).items,
            "posts": POSTS.page(NEWEST, filters, FEW).items,
        }
        return render(request, "hubs/conversation/theme.html", context)


@csrf_exempt  # a search changes nothing, and a token would make the page one visitor's own
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """All public posts under the filters. A place is posted, and so in no address."""
    return feed_views.respond(request, PostQuery, "hubs/conversation/feed.html", _more)


def _more(listing: PostQuery, posts: Sequence[Post], part: PageStart) -> dict:
    return {"posts": posts, "organisations": [] if part.cursor else listing.organisations()}


@require_safe
def among(request: HttpRequest) -> JsonResponse:
    """Which of some posts pass the filters, as live pages ask: {"posts": [{"id"}]}."""
    found = [{"id": pk} for pk, _at in feed_views.passing_ids(request, POSTS)]
    return JsonResponse({"posts": found}, headers={"Cache-Control": "public, max-age=1"})


@require_safe
def on_map(request: HttpRequest) -> HttpResponse:
    """The posts of a list on a map; the list has those too that are not on it."""
    with bounded():
        listing = PostQuery.read(feed_views.tidy(request.GET, PostQuery.lists))
        context = {
            "map": maps.of_posts(listing.filters),
            "numbers": listing.numbers,
            "away": listing.away,
            "chips": listing.chips(),
            "list_query": listing.query_string(),
        }
        return render(request, "hubs/conversation/map.html", context)


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The first 50 posts of a list as an Atom feed."""
    return feed_views.as_atom(request, PostQuery, "talk-posts", "talk-feed")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The first 2,000 posts of a list as CSV."""
    return feed_views.as_csv(request, PostQuery)


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
