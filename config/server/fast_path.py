"""Tiles and the search for places skip most middleware: no session, no form, nobody signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import resolve

from config.errors import respond_to_error
from geo.core.errors import TooSlow

TILES = "/tiles/"
# These have words in the reader's language.
PLACES = ("/api/geocode", "/api/suggest", "/api/reverse", "/api/nearest-hub")


class FastPathMiddleware:
    """Calls these views itself, past all middleware that stands after this one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.locale = LocaleMiddleware(self._respond)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(TILES):
            return self._respond(request)
        if request.path_info in PLACES:
            self.locale.process_request(request)
            return self.locale.process_response(request, self._respond(request))
        return self.get_response(request)

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()  # a name that is not ours is refused
            match = resolve(request.path_info)
            response = match.func(request, *match.args, **match.kwargs)
        except TooSlow as error:  # and would be so again
            return respond_to_error(request, error)
        # Whatever else is wrong, the whole stack is tried, and answers by the one table of errors.
        except Exception:  # noqa: BLE001, S110 - nothing is hidden: it is raised there again
            pass
        else:
            if response.status_code < 400:
                response["Content-Length"] = str(len(response.content))
                return response
        return self.get_response(request)
