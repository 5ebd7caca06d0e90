"""Pages of words."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geo.areas.models import Edition
from pledges.accounts.personal_data import keepers
from pledges.accounts.retention import RETENTION, in_words


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pledges/pages/accessibility.html")


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Where the data come from and on which terms."""
    editions = Edition.objects.filter(areas__ended__isnull=True).distinct()
    return render(request, "pledges/pages/data.html", {"editions": editions})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, for how long and who sees it; the spans are those that are obeyed."""
    overdue = [one for keeper in keepers() for one in keeper.overdue() if one.kept]
    context = {
        "retention": RETENTION,
        "more": [(one.name, in_words(one.kept)) for one in overdue],
        "contact": settings.CONTACT,
    }
    return render(request, "pledges/pages/privacy.html", context)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "pledges/pages/terms.html", {"contact": settings.CONTACT})
