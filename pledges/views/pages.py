"""Pages of words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geo.models import Edition


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Where the data come from and on which terms."""
    editions = Edition.objects.filter(areas__ended__isnull=True).distinct()
    return render(request, "pages/data.html", {"editions": editions})
