"""Tiles and the search for places take the short way: no session, no form, nobody signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import resolve

from config.errors import ErrorsMiddleware
from geo.core.errors import TooSlow

PATH = "/tiles/"
# These have words in the reader's language.
PLACES = ("/api/geocode", "/api/suggest", "/api/reverse", "/api/nearest-hub")


class ExpressMiddleware:
    """Calls the views of these itself, past all middleware that stands after this one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.errors = ErrorsMiddleware(get_response)
        self.in_language = LocaleMiddleware(self._answer)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PATH):
            return self._answer(request)
        if request.path_info in PLACES:
            return self.in_language(request)
        return self.get_response(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()  # a name that is not ours is refused
            match = resolve(request.path_info)
            response = match.func(request, *match.args, **match.kwargs)
        except TooSlow as error:  # and would be so again
            return self.errors.process_exception(request, error)
        # Whatever else is wrong, the whole way asks again and answers by the one table of errors.
        except Exception:  # noqa: BLE001, S110 - nothing is hidden: it is raised there again
            pass
        else:
            if response.status_code < 400:
                response["Content-Length"] = str(len(response.content))
                return response
        return self.get_response(request)
