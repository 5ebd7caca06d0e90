"""My Changemap: what is new in one's topics and area, the choice of these, and the newsletter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from geo.core.timeouts import bounded
from hubs.following import actions, bookmarks
from hubs.following.forms import TopicsForm
from hubs.following.models import Bookmark, Interests
from hubs.following.news import Following, Latest
from hubs.following.newsletter import STOP
from pledges.accounts import rate_limits
from pledges.accounts.models import User
from pledges.accounts.typing import SignedInRequest
from pledges.accounts.views.confirmation import sent
from pledges.map import choices
from pledges.notifications.views import stop_page

METHODS = ["GET", "HEAD", "POST"]
SHOWN = 5  # bookmarks on the page


@require_safe
@never_cache
@login_required
def my_changemap(request: SignedInRequest) -> HttpResponse:
    """The news for the person who is signed in, and their latest bookmarks."""
    with bounded():
        following = Following.of(request.user)
        rows = Bookmark.objects.filter(person=request.user).newest_first()
        context = {
            "following": following,
            "latest": Latest.of(following),
            "bookmarks": bookmarks.bookmark_items(rows[:SHOWN]),
        }
        return render(request, "hubs/following/changemap.html", context)


@require_http_methods(METHODS)
@never_cache
@login_required
def topics(request: SignedInRequest) -> HttpResponse:
    """Choose topics and an area, and whether to get the newsletter."""
    following = Following.of(request.user)
    start = {
        "pledge_themes": [theme.slug for theme in following.pledge_themes],
        "talk_themes": [theme.slug for theme in following.talk_themes],
        "area": following.area and following.area.code,
        "newsletter": following.newsletter,
    }
    form = TopicsForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        try:
            if actions.update_interests(request.user, **form.cleaned_data):
                return sent(request, request.user.email)
            messages.success(request, _("Saved."))
            return redirect("my-changemap")
        except rate_limits.TooMany as error:
            form.add_error("newsletter", error.description)
    area = form.cleaned_data.get("area") if form.is_bound else following.area
    context = {"form": form, "areas": choices.areas(), "filters": {"area": area}}
    return render(
        request, "hubs/following/topics.html", context, status=400 if form.errors else 200
    )


def _stopped(person: User) -> bool:
    return not Interests.objects.filter(person=person, newsletter_since__isnull=False).exists()


newsletter_off = stop_page(
    STOP, actions.end_newsletter, _stopped, "hubs/following/unsubscribed.html"
)
