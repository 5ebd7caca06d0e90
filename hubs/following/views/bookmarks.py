"""Bookmarks: the button, and somebody's list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from hubs.following import actions, bookmarks
from hubs.following.models import Bookmark
from hubs.following.ratable import bookmarked
from pledges.accounts import rate_limits
from pledges.accounts.typing import SignedInRequest

SIZE = 50  # on a page
MOST_PAGES = 1000
FROM_PERSON = rate_limits.Limit("bookmarks-from-person", 600, 3600)


@require_safe
@never_cache
@login_required
def listed(request: SignedInRequest) -> HttpResponse:
    """All bookmarks of somebody, newest first; those of hidden objects say so."""
    params.reject_unknown(request.GET, ("page",))
    number = params.integer("page", request.GET.get("page", "1"), 1, MOST_PAGES)
    rows = Bookmark.objects.filter(person=request.user).newest_first()
    page = Paginator(rows, SIZE).get_page(number)
    context = {"page": page, "bookmarks": bookmarks.bookmark_items(page.object_list)}
    return render(request, "hubs/following/bookmarks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def bookmark(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether to bookmark a thing; the button here, or on its own page, adds or removes."""
    thing = bookmarked().called(slug)
    row = thing.public().filter(pk=pk).first()
    if request.POST.get("kept") == "0":
        actions.remove_bookmark(request.user, thing, pk)
        if row and "list" not in request.POST:
            return redirect(thing.address(row))
        messages.success(request, _("The bookmark is removed."))
        return redirect("my-bookmarks")
    if row is None:
        raise Http404
    if request.method == "POST":
        rate_limits.take(FROM_PERSON, str(request.user.pk))
        actions.add_bookmark(request.user, thing, row)
        return redirect(thing.address(row))
    context = {
        "title": thing.title(row),
        "link": thing.address(row),
        "button": bookmarks.BookmarkButton(thing, row),
    }
    return render(request, "hubs/following/add_bookmark.html", context)
