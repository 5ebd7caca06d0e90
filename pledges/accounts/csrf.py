"""The token of a form, checked by the view itself: a lapsed one must not cost what was written."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    """The check of the token, which tells the reason instead of answering a page of its own."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseBase:
        return HttpResponse(reason, status=403)


def lapsed(request: HttpRequest) -> bool:
    """Whether a form came without the token of a page of ours that is still good."""
    return _Check(lambda _request: HttpResponse()).process_view(request, None, (), {}) is not None
