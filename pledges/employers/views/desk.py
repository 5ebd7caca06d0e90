"""The desk of an employer's editors: what is public, what is a draft, what waits, what was said."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pledges.employers.models.actions import Action
from pledges.employers.models.adopting import Adoption, Values
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.permissions import looks_after, may_publish
from pledges.employers.proposals import actions
from pledges.employers.proposals.titles import headed
from pledges.employers.reports.forms import PeriodForm
from pledges.employers.views.guard import READS, desk_page
from pledges.organisations.models import Organisation

HISTORY = 50


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The employers that somebody writes for; the one, where there is but one."""
    found = looks_after(request.user)
    if len(found) == 1:
        return redirect("employer-desk", found[0].public_code)
    if not found and not request.user.is_operator:
        raise PermissionDenied
    return render(request, "pledges/employers/mine.html", {"employers": found})


@desk_page(*READS)
def desk(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Everything of one employer, by what is to be done."""
    proposals = Proposal.objects.of(employer).with_everything()
    adopted = list(Adoption.objects.of(employer).with_everything())
    held = {row.pledge_id for row in adopted if row.ended_on is None}
    context = {
        "employer": employer,
        "drafts": headed(proposals.drafts()),
        "sent": headed(proposals.sent()),
        "adoptions": adopted,
        "not_adopted": [p for p in StaffPledge.objects.current() if p.pk not in held],
        "values": Values.objects.filter(organisation=employer).first(),
        "actions": Action.objects.of(employer).urgent_first().with_everything(),
        "period": PeriodForm(),
        "may_publish": may_publish(request.user, employer),
    }
    return render(request, "pledges/employers/desk.html", context)


@desk_page(*READS)
def history(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """What was published, the latest first, with who wrote and who approved it."""
    rows = Proposal.objects.of(employer).with_everything().decided()[:HISTORY]
    context = {"employer": employer, "items": headed(rows)}
    return render(request, "pledges/employers/history.html", context)


@desk_page("POST")
def copy(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Begin a draft from a good practice of anybody's, or an action of one's own."""
    key = request.POST.get("action", "")
    rows = Action.objects.good_practice() | Action.objects.of(employer)
    original = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if original is None:
        messages.error(request, _("This action is no longer there to be copied."))
        return redirect("good-practice")
    made = actions.copy_action(employer, request.user, original)
    messages.success(request, _("Copied as a draft: say who sees to it here, and when."))
    return redirect("employer-proposal-edit", employer.public_code, made.pk)
