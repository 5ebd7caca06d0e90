"""What became of pledges: the list of stories, one story, and telling one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from geo.core.timeouts import bounded
from geo.uploads.serving import upload_response
from pledges.accounts.identity import person
from pledges.accounts.models import User
from pledges.feed import facets
from pledges.feed.views import SIZE, PageStart, tidy
from pledges.map import choices
from pledges.pledging.balloons import Balloons
from pledges.pledging.commitment import Part
from pledges.pledging.models import Pledge, Theme
from pledges.stories import listing as stories
from pledges.stories.actions import change_story, remove_story, tell_story
from pledges.stories.forms import StoryForm
from pledges.stories.models import Story
from pledges.wall.listing import PLEDGES

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All public stories, newest first, under the filters of the wall that a story has."""
    query = tidy(request.GET)
    with bounded():
        filters = stories.read_filters(query)
        part = PageStart.read(query)
        page = stories.page(filters, SIZE, part.cursor)
        context = {
            "stories": page.items,
            "shown": part.of(page, None, filters.query_string()),
            "filters": filters,
            "themes": list(Theme.objects.all()),
            "areas": choices.areas(),
            "chips": facets.chips(PLEDGES, filters),
        }
        return render(request, "pledges/stories/list.html", context)


@never_cache
@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story: a public one for everybody, one's own in any state."""
    found, own = _readable(pk, person(request))
    return render(request, "pledges/stories/story.html", {"story": found, "own": own})


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of a story, for whoever may read the story."""
    found, _own = _readable(pk, person(request))
    if not found.picture:
        raise Http404
    return upload_response(found.picture, inline=True)


@require_http_methods(METHODS)
@never_cache
@login_required
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell or change what became of one's own part; one that is not done leads to saying so."""
    pledge = get_object_or_404(Pledge.objects.with_everything(), pk=pk, withdrawn_at=None)
    part = Part.of(pledge, request.user)
    if part is None:
        raise Http404
    told = part.story
    if told is None and part.done_on is None:
        return redirect("support", pk, part.verb)
    form = _form(request, told)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        written = change_story(told, **given) if told else tell_story(part, **given)
        messages.success(request, _("Your story is saved."))
        return redirect("story", written.pk)
    context = {
        "form": form,
        "part": part,
        "pledge": pledge,
        "told": told,
        "balloons": Balloons.of(request.user),
    }
    return render(request, "pledges/stories/tell.html", context, status=400 if form.errors else 200)


@require_http_methods(METHODS)
@never_cache
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove one's own story."""
    found, own = _readable(pk, request.user)
    if not own:
        raise Http404
    if request.method == "POST":
        remove_story(found)
        messages.success(request, _("Your story is removed."))
        return redirect("mine")
    return render(request, "pledges/stories/remove.html", {"story": found})


def _form(request: HttpRequest, told: Story | None) -> StoryForm:
    names = ("text", "difference", "picture_alt")
    words = {name: getattr(told, name) for name in names} if told else {}
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    return StoryForm(*given, initial=words, has_picture=bool(told and told.picture_id))


def _readable(pk: int, who: User | None) -> tuple[Story, bool]:
    """The story, and whether it is this person's own; 404 for what is not public, but to them."""
    found = get_object_or_404(Story.objects.with_everything(), pk=pk)
    own = found.is_of(who)
    if not (found.public or own):
        raise Http404
    return found, own
