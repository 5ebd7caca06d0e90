"""The picture of a shared address, and remembering that somebody shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST, require_safe

from geo.core.timeouts import bounded
from pledges.accounts.identity import person
from pledges.pledging.balloons import shared
from pledges.pledging.models import Pledge
from pledges.pledging.share_picture import Card, card_of, card_of_site, draw


@require_POST
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """A share button of a public pledge was used; of somebody not signed in nothing is kept."""
    get_object_or_404(Pledge.objects.public().only("pk"), pk=pk)
    if who := person(request):
        shared(who)
    return redirect("pledge", pk)


HOUR = 3600


@require_safe
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """A public pledge as a PNG of 1200 by 630 pixels."""
    with bounded():
        found = get_object_or_404(Pledge.objects.public().with_everything(), pk=pk)
        card = card_of(found)
    return _answer(request, card)


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """The site as a PNG of 1200 by 630 pixels."""
    return _answer(request, card_of_site())


def _answer(request: HttpRequest, card: Card) -> HttpResponse:
    """Draw only what the asker has not: the tag is that of the words, not of the picture."""
    tag = f'"{salted_hmac("pledges.pledging.share_picture", repr(card)).hexdigest()}"'
    same = get_conditional_response(request, etag=tag)
    response = same or HttpResponse(draw(card), content_type="image/png")
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={HOUR}"
    return response
