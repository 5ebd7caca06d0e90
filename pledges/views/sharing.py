"""Remembering that somebody shared: what lights the balloon, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from pledges.balloons import shared
from pledges.models import Pledge
from pledges.people import person


@require_POST
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """A share button of a public pledge was used; of somebody not signed in nothing is kept."""
    get_object_or_404(Pledge.objects.public().only("pk"), pk=pk)
    if who := person(request):
        shared(who)
    return redirect("pledge", pk)
