"""The pages of events that everybody sees: the list, one event, calendars."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo.core import params
from geo.core.timeouts import bounded
from hubs.events import calendars
from hubs.events.filters import EventFilters
from hubs.events.models import Event, Registration
from hubs.events.sections import posts_of
from hubs.following.bookmarks import BookmarkButton
from hubs.following.ratable import EVENT
from hubs.hub.models import Hub
from hubs.hub.permissions import may_run
from pledges.accounts.identity import person
from pledges.accounts.permissions import is_steward
from pledges.feed.views import tidy
from pledges.map import choices
from pledges.map.links import map_address

SIZE = 20
FEED_SECONDS = 300
MOST_IN_FEED = 1000


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events to come, or those past with `when=past`, under the filters of the query."""
    with bounded():
        query = tidy(request.GET)
        if kinds := [kind for kind in request.GET.getlist("kind") if kind]:
            query["kind"] = ",".join(kinds)
        filters = EventFilters.parse(query, also=("page",))
        number = params.integer("page", query.get("page", "1"), 1, 10**6)
        rows = Event.objects.public().with_everything()
        past = filters.when == "past"
        found = filters.apply(rows if filters.when else rows.upcoming())
        page = Paginator(found, SIZE).get_page(number)
        context = {
            "filters": filters,
            "past": past,
            "page": page,
            "events": page.object_list,
            "query": filters.query_string(),
            "other_query": _switched(filters, past),
            "kinds": Event.Kind.choices,
            "hubs": Hub.objects.all(),
            "areas": choices.areas(),
            "calendar": _calendar_query(filters),
            "subscribe": _subscription(filters),
            "organises": is_steward(person(request)),
        }
        return render(request, "hubs/events/list.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event. A draft is seen by those who may run it, and by nobody else."""
    who = person(request)
    found = Event.objects.with_everything().filter(slug=slug).first()
    runs = bool(found and who and may_run(who, found.hub))
    if not found or not (found.public or runs):
        raise Http404
    own = found.registrations.of(who).active().first() if who else None
    context = {
        "event": found,
        "takes": found.takes_registrations(),
        "room": found.room,
        "links": found.links.all() if found.over else [],
        "map_address": map_address(found.location) if found.location else "",
        "own": own.get_absolute_url() if own else "",
        "own_waits": bool(own and own.state == Registration.State.WAITING),
        "runs": runs,
        "posts": posts_of(found),
        "bookmark": BookmarkButton(EVENT, found) if found.public else None,
    }
    return render(request, "hubs/events/event.html", context)


@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """A calendar to subscribe to, under `hub`, `area` and `kind`; what was cancelled says so."""
    with bounded():
        params.reject_unknown(request.GET, ("hub", "area", "kind"))
        filters = EventFilters.parse(request.GET)
        rows = filters.apply(Event.objects.public()).order_by("-starts_at", "-pk")
        found = list(rows.select_related("hub").defer("words")[:MOST_IN_FEED])
    return _answer(request, found, calendars.calendar_name(_names(filters)), "events.ics")


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One event as a file for a calendar."""
    found = Event.objects.public().select_related("hub").filter(slug=slug).first()
    if not found:
        raise Http404
    return _answer(request, [found], found.title, f"{found.slug}.ics")


def _answer(request: HttpRequest, rows: Sequence[Event], name: str, file: str) -> HttpResponseBase:
    """The calendar of these events, or 304 to a reader who has this state already."""
    body = calendars.feed(rows, name)
    last = max((row.changed_at for row in rows), default=None)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}"'
    response["Cache-Control"] = f"public, max-age={FEED_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = tag = quote_etag(sha256(body).hexdigest()[:32])
    stamp = int(last.timestamp()) if last else None
    if stamp:
        response["Last-Modified"] = http_date(stamp)
    return get_conditional_response(request, tag, stamp, response) or response


def _names(filters: EventFilters) -> list[str]:
    names = [str(Event.Kind(word).label) for word in filters.kind]
    if filters.hub:
        names.append(filters.hub.name)
    if filters.national:
        names.append(_("National"))
    if filters.area:
        names.append(filters.area.local_name)
    return names or [_("Events")]


def _calendar_query(filters: EventFilters) -> str:
    """The query string of the calendar that has what a list has, but for its words and days."""
    filters = EventFilters(
        kind=filters.kind, hub=filters.hub, national=filters.national, area=filters.area
    )
    return filters.query_string()


def _subscription(filters: EventFilters) -> str:
    """The address that calendars subscribe to: the scheme tells them to ask again and again."""
    host = settings.SITE_URL.partition("://")[2]
    query = _calendar_query(filters)
    return f"webcal://{host}{reverse('event-calendar')}" + (f"?{query}" if query else "")


def _switched(filters: EventFilters, past: bool) -> str:
    """The query string of the other list: what is past, or what is to come."""
    return replace(filters, when="" if past else "past").query_string()
