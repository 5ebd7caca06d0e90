"""My Changemap: what is new in one's topics and area, the choice of these, and the newsletter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from geo.reads import bounded
from hubs.mine import actions, bookmarks
from hubs.mine.forms import TopicsForm
from hubs.mine.links import STOP
from hubs.mine.news import Newest, Wanted
from hubs.models import Bookmark, Interests
from pledges import choices, limits
from pledges.models import User
from pledges.views.confirming import sent
from pledges.views.stopping import stop_page

METHODS = ["GET", "HEAD", "POST"]
SHOWN = 5  # bookmarks on the page


@require_safe
@never_cache
@login_required
def my_changemap(request: HttpRequest) -> HttpResponse:
    """What is new for the person who is signed in, and what they kept last."""
    with bounded():
        wanted = Wanted.of(request.user)
        kept = Bookmark.objects.filter(person=request.user).newest_first()
        context = {
            "wanted": wanted,
            "newest": Newest.of(wanted),
            "kept": bookmarks.listed(kept[:SHOWN]),
        }
        return render(request, "my/changemap.html", context)


@require_http_methods(METHODS)
@never_cache
@login_required
def topics(request: HttpRequest) -> HttpResponse:
    """Choose topics and an area, and whether to get the newsletter."""
    wanted = Wanted.of(request.user)
    start = {
        "pledge_themes": [theme.slug for theme in wanted.themes],
        "talk_themes": [theme.slug for theme in wanted.talk],
        "area": wanted.area and wanted.area.code,
        "newsletter": wanted.newsletter,
    }
    form = TopicsForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        try:
            if actions.choose(request.user, **form.cleaned_data):
                return sent(request, request.user.email)
            messages.success(request, _("Saved."))
            return redirect("my-changemap")
        except limits.TooMany as error:
            form.add_error("newsletter", error.description)
    area = form.cleaned_data.get("area") if form.is_bound else wanted.area
    context = {"form": form, "areas": choices.areas(), "filters": {"area": area}}
    return render(request, "my/topics.html", context, status=400 if form.errors else 200)


def _stopped(person: User) -> bool:
    return not Interests.objects.filter(person=person, newsletter_since__isnull=False).exists()


newsletter_off = stop_page(STOP, actions.end_newsletter, _stopped, "my/off.html")
