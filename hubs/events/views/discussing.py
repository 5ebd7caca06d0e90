"""Linking events with posts: by the organisers, or by whoever may link the post."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geo.core.errors import GeoError
from hubs.conversation.authors import is_of
from hubs.conversation.models.posts import Post
from hubs.conversation.permissions import PARTS
from hubs.events import actions
from hubs.events.forms import EventLookupForm, PostLookupForm
from hubs.events.models import Event
from hubs.events.permissions import may_link, organiser_of_event
from hubs.events.sections import posts_of
from pledges.accounts import second_factor
from pledges.accounts.rate_limits import take
from pledges.accounts.typing import SignedInRequest

METHODS = ["GET", "HEAD", "POST"]
MOST_SUGGESTED = 10


@require_http_methods(METHODS)
@organiser_of_event
def posts_of_event(request: HttpRequest, event: Event) -> HttpResponse:
    """The posts that an event is about; the form adds one, with `drop` it takes one away."""
    form = PostLookupForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _linked(form, event, form.cleaned_data["post"]):
        return redirect("event-posts", event.slug)
    context = {"event": event, "form": form, "posts": posts_of(event)}
    return render(request, "hubs/events/posts.html", context, status=400 if form.errors else 200)


@require_http_methods(METHODS)
@never_cache
@login_required
def events_of_post(request: SignedInRequest, pk: int) -> HttpResponse:
    """The events at which a post is talked about: for its author, and for whoever may answer it."""
    post = get_object_or_404(Post.objects.public().with_everything(), pk=pk)
    if not is_of(post, request.user):
        if refused := second_factor.refusal(request):
            return refused
        if not may_link(request.user, post):
            raise PermissionDenied
    form = EventLookupForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        take(PARTS, str(request.user.pk))
        if form.is_valid() and _linked(form, form.cleaned_data["event"], post):
            return redirect("talk-post", pk)
    context = {
        "post": post,
        "form": form,
        "linked": Event.objects.of_post(post).with_areas(),
        "suggested": Event.objects.suggested_for(post).with_areas()[:MOST_SUGGESTED],
    }
    return render(request, "hubs/events/for_post.html", context, status=400 if form.errors else 200)


def _linked(form: Form, event: Event, post: Post) -> bool:
    """Link the two or, with `drop`, no longer; say in the form why that cannot be."""
    if "drop" in form.data:
        actions.unlink_post(event, post)
        return True
    try:
        actions.link_post(event, post)
    except GeoError as error:
        form.add_error(None, error.description)
        return False
    return True
