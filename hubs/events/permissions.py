"""Who may organise which events: stewards of the hub's area, and operators."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from hubs.conversation.authors import is_of
from hubs.conversation.models.posts import Post
from hubs.conversation.permissions import may_answer
from hubs.events.models import Event, EventQuerySet
from hubs.hub.permissions import View, hubs_of, may_run
from pledges.accounts import second_factor
from pledges.accounts.models import User
from pledges.accounts.permissions import is_steward
from pledges.accounts.typing import SignedInRequest


def may_link(person: User | None, post: Post) -> bool:
    """Whether somebody may link a post with events: its author, and whoever may answer it."""
    return is_of(post, person) or may_answer(person, post)


def events_of(person: User) -> EventQuerySet:
    """The events that somebody may run, drafts included, latest first."""
    own = Q(hub__in=hubs_of(person))
    if person.is_operator:
        own |= Q(hub__isnull=True)
    return Event.objects.filter(own).with_everything().order_by("-starts_at", "-pk")


def organisers_only(view: View) -> View:
    """For pages of whoever runs any events: never cached, and behind the second factor."""

    @never_cache
    @second_factor.required
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_steward(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def organiser_of_event(view: View) -> View:
    """For pages of one event: the view gets it in place of its slug, if the person may run it."""

    @organisers_only
    @wraps(view)
    def guarded(request: SignedInRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        event = get_object_or_404(Event.objects.select_related("hub"), slug=slug)
        if not may_run(request.user, event.hub):
            if event.public:
                raise PermissionDenied
            raise Http404  # a stranger learns nothing of a draft
        return view(request, event, **kwargs)

    return guarded
