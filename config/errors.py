"""The HTTP status of each error, in one table, and the middleware that responds by it."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from geo.core import errors
from geo.core.pdf import PdfUnavailable
from hubs.conversation.errors import OwnPost, PostClosed, TakenUp, ThemeClosed
from pledges.accounts.confirmation import NotConfirmed
from pledges.accounts.rate_limits import TooMany
from pledges.employers.errors import BeingChanged, NoLongerFits, NotNow
from pledges.moderation.actions import AnsweredAlready
from pledges.notifications.unsubscribe import LinkEnded
from pledges.pledging.actions import OwnPledge
from pledges.pledging.commitment import NotDone

STATUS: dict[type[Exception], HTTPStatus] = {
    errors.BadParameter: HTTPStatus.BAD_REQUEST,
    errors.UnknownParameter: HTTPStatus.BAD_REQUEST,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.NoLongerAvailable: HTTPStatus.GONE,
    errors.OutsideUnitedKingdom: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.GeocoderUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.TooSlow: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.UploadRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotConfirmed: HTTPStatus.GONE,
    OwnPledge: HTTPStatus.CONFLICT,
    OwnPost: HTTPStatus.CONFLICT,
    ThemeClosed: HTTPStatus.CONFLICT,
    PostClosed: HTTPStatus.CONFLICT,
    TakenUp: HTTPStatus.CONFLICT,
    LinkEnded: HTTPStatus.GONE,
    BeingChanged: HTTPStatus.CONFLICT,
    NotNow: HTTPStatus.CONFLICT,
    NoLongerFits: HTTPStatus.CONFLICT,
    AnsweredAlready: HTTPStatus.CONFLICT,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    NotDone: HTTPStatus.CONFLICT,
    PdfUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    Http404: HTTPStatus.NOT_FOUND,
    PermissionDenied: HTTPStatus.FORBIDDEN,
    SuspiciousOperation: HTTPStatus.BAD_REQUEST,
    RequestDataTooBig: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooManyFieldsSent: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooManyFilesSent: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    # The database is down, starting, or stopped a statement at its time limit.
    OperationalError: HTTPStatus.SERVICE_UNAVAILABLE,
    InterfaceError: HTTPStatus.SERVICE_UNAVAILABLE,
}
JSON_PATHS = ("/api", "/tiles/", "/healthz", "/readyz")
JSON_FILES = (".json", ".geojson")
log = logging.getLogger(__name__)


def status_of(error: Exception) -> HTTPStatus:
    """Return the status of the nearest class in the table; 500 for an error nobody foresaw."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR


def describe(status: HTTPStatus, error: Exception | None = None) -> tuple[str, str]:
    """Return (code, description). Only our own errors' words go out: others may tell secrets."""
    if isinstance(error, errors.GeoError):
        return error.code, error.description
    if isinstance(error, DisallowedHost):
        return "unknown-host", _("This site does not answer to this name.")
    return {
        HTTPStatus.BAD_REQUEST: ("bad-request", _("We could not read this request.")),
        HTTPStatus.FORBIDDEN: ("forbidden", _("You may not do this.")),
        HTTPStatus.NOT_FOUND: ("not-found", _("There is nothing at this address.")),
        HTTPStatus.METHOD_NOT_ALLOWED: ("method-not-allowed", _("This method is not for here.")),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            "too-large",
            _("What was sent is too large. Send less, or a smaller file."),
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: (
            "unavailable",
            _("The service cannot answer just now. Please try again in a minute."),
        ),
    }.get(status, ("server-error", _("Something went wrong on our side.")))


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith(JSON_PATHS) or request.path.endswith(JSON_FILES)


def respond(request: HttpRequest, status: HTTPStatus, code: str, description: str) -> HttpResponse:
    """Render an error as JSON for programs, as a page for people; 503 has a Retry-After."""
    if wants_json(request):
        response: HttpResponse = JsonResponse(
            {"code": code, "description": description}, status=status
        )
    else:
        # The page of an error asks the database nothing, not even who is signed in: it may be
        # what is down.
        context = {
            "status": status,
            "description": description,
            "code": code,
            "demo_site": False,
            "plain_header": True,
        }
        response = render(request, "error.html", context, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "10"
    if request.path.startswith("/api"):
        response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response


def respond_to_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log what an operator should know of, and render the error."""
    status = status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("Unforeseen error at %s", request.path, exc_info=error)
    elif status == HTTPStatus.SERVICE_UNAVAILABLE:
        log.warning("Unavailable at %s: %s", request.path, error)
    return respond(request, status, *describe(status, error))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that another site sent, or that was open while its reader signed in."""
    description = _(
        "This form was open for too long, or came from another site, so nothing was changed. Go"
        " back, load the page again and send it once more."
    )
    return respond(request, HTTPStatus.FORBIDDEN, "form-not-ours", description)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses before any view: a form too large, a host that is not ours."""
    status = status_of(exception)
    return respond(request, status, *describe(status, exception))


def _content_length(request: HttpRequest) -> int:
    """Return the Content-Length in bytes; 0 without one, where nothing of the body is read."""
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdigit() else 0


class ErrorsMiddleware:
    """Turns every error, and every bare 4xx of Django's own, into the one shape.

    Files stream past Django's own limit of what a form may hold, so the whole is measured here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _content_length(request) > settings.LARGEST_REQUEST:
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            return respond(request, status, *describe(status))
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.status_code >= 400 and is_page and wants_json(request):
            status = HTTPStatus(response.status_code)
            found = respond(request, status, *describe(status))
            if "Allow" in response:  # a 405 must say which methods there are
                found["Allow"] = response["Allow"]
            return found
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if settings.DEBUG and status_of(error) == HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        return respond_to_error(request, error)
