"""A table of contents whose pages fail, each in its own way."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as ours
from geo.core import errors

SECRET = "the password is swordfish"
FAILURES: dict[str, Callable[[], Exception]] = {
    "bad-parameter": lambda: errors.BadParameter("bbox", "four numbers"),
    "unknown-parameter": lambda: errors.UnknownParameter(["zoom"], ["bbox"]),
    "not-found": lambda: errors.NotFound("There is no such tile."),
    "place-not-found": lambda: errors.PlaceNotFound("Nobody knows it."),
    "outside-uk": lambda: errors.OutsideUnitedKingdom("That is in France."),
    "geocoder-unavailable": lambda: errors.GeocoderUnavailable("No answer in time."),
    "too-slow": lambda: errors.TooSlow("Ask for less."),
    "upload-refused": lambda: errors.UploadRefused("This file is empty."),
    "missing": lambda: Http404(SECRET),
    "forbidden": lambda: PermissionDenied(SECRET),
    "suspicious": lambda: SuspiciousOperation(SECRET),
    "database": lambda: OperationalError(SECRET),
    "interface": lambda: InterfaceError(SECRET),
    "unforeseen": lambda: RuntimeError(SECRET),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAILURES[kind]()


PLACES = ("fail/", "api/fail/", "tiles/fail/")
# Ours stay beside them: the page of an error links to them.
urlpatterns = [path(f"{place}<slug:kind>", fail) for place in PLACES] + ours
