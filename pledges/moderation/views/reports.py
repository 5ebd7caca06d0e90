"""Reporting what somebody wrote, and being warned of what one is about to write."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pledges.accounts import rate_limits
from pledges.accounts.identity import person
from pledges.accounts.models import User
from pledges.moderation import actions as reporting
from pledges.moderation import contact_details
from pledges.moderation.forms import ReportForm
from pledges.moderation.kinds import Kind, Row, kind_by_slug
from pledges.moderation.models import Report

FROM_NETWORK = rate_limits.Limit("reports-from-network", 60, 3600)
FROM_PERSON = rate_limits.Limit("reports-from-person", 20, 3600)
CHECKS_FROM_NETWORK = rate_limits.Limit("checks-from-network", 3000, 600)
TRAP = "website"  # a field that people do not see, and programs fill in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask what is wrong; the answer is alike for a first report and for the same again."""
    kind, who = kind_by_slug(slug), person(request)
    row = get_object_or_404(kind.readable(who), pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            if not request.POST.get(TRAP):
                _take(request, kind, row, who, form.cleaned_data)
            return redirect("reported")
        except rate_limits.TooMany as error:
            form.add_error(None, error.description)
            status = 429
    elif form.is_bound:
        status = 400
    context = {"form": form, "back": kind.address(row), "text": kind.text(row)}
    return render(request, "pledges/moderation/reports/report.html", context, status=status)


@never_cache
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """Thank whoever reported something."""
    return render(request, "pledges/moderation/reports/thanks.html")


@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """What a text seems to tell: {"found": [{"what", "text"}], "words": "a telephone number"}.

    Posted, so that the text is in no address and no log; nothing of it is kept.
    """
    rate_limits.take(CHECKS_FROM_NETWORK, rate_limits.network(request))
    found = contact_details.telling(request.POST.get("text", ""))
    told = [{"what": one.what.value, "text": one.text} for one in found]
    return JsonResponse({"found": told, "words": contact_details.in_words(found)})


def _take(request: HttpRequest, kind: Kind, row: Row, who: User | None, given: dict) -> None:
    network = rate_limits.network(request)
    rate_limits.take(FROM_NETWORK, network)
    if who:
        rate_limits.take(FROM_PERSON, str(who.pk))
    elif not request.session.session_key:
        request.session.create()
    reporting.report(
        kind,
        row,
        reason=Report.Reason(given["reason"]),
        words=given["words"],
        person=who,
        trace=f"{network} {request.session.session_key}",
    )
