"""The desk of those who write for an employer: what is public, drafts, what waits; their mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pledges.accounts.models import User
from pledges.accounts.typing import SignedInRequest
from pledges.employers import digest
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption, Values
from pledges.employers.models.proposals import Proposal, Reader
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.permissions import may_publish, organisations_of
from pledges.employers.proposals import actions
from pledges.employers.proposals.display import with_titles
from pledges.employers.reports.forms import PeriodForm
from pledges.employers.views.decorators import READS, desk_page
from pledges.notifications.views import stop_page
from pledges.organisations.models import Organisation

HISTORY = 50


@require_safe
@never_cache
@login_required
def my_employers(request: SignedInRequest) -> HttpResponse:
    """The employers that somebody writes for; leads on to the desk where there is but one."""
    found = organisations_of(request.user)
    if len(found) == 1:
        return redirect("employer-desk", found[0].public_code)
    if not found and not request.user.is_operator:
        raise PermissionDenied
    return render(request, "pledges/employers/my_employers.html", {"employers": found})


@desk_page(*READS)
def desk(request: SignedInRequest, employer: Organisation) -> HttpResponse:
    """Everything of one employer, by what is to be done."""
    proposals = Proposal.objects.of(employer).with_everything()
    adoptions = list(Adoption.objects.of(employer).select_related("pledge"))
    adopted = {row.pledge_id for row in adoptions if row.ended_on is None}
    context = {
        "employer": employer,
        "drafts": with_titles(proposals.drafts()),
        "sent": with_titles(proposals.sent()),
        "adoptions": adoptions,
        "not_adopted": [p for p in StaffPledge.objects.current() if p.pk not in adopted],
        "values": Values.objects.filter(organisation=employer).first(),
        "actions": Action.objects.of(employer).urgent_first().with_everything(),
        "period": PeriodForm(),
        "may_publish": may_publish(request.user, employer),
    }
    return render(request, "pledges/employers/desk.html", context)


@desk_page(*READS)
def history(request: SignedInRequest, employer: Organisation) -> HttpResponse:
    """What was published, the latest first, with who wrote and who approved it."""
    rows = Proposal.objects.of(employer).with_everything().approved()[:HISTORY]
    context = {"employer": employer, "items": with_titles(rows)}
    return render(request, "pledges/employers/history.html", context)


@desk_page("POST")
def copy(request: SignedInRequest, employer: Organisation) -> HttpResponse:
    """Make a draft from anybody's good practice, or from an action of the employer."""
    key = request.POST.get("action", "")
    rows = Action.objects.good_practice() | Action.objects.of(employer)
    original = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if original is None:
        messages.error(request, _("This action is no longer there to be copied."))
        return redirect("good-practice")
    made = actions.copy_action(employer, request.user, original)
    messages.success(request, _("Copied as a draft: say who sees to it here, and when."))
    return redirect("employer-proposal-edit", employer.public_code, made.pk)


@require_POST
@never_cache
@login_required
def mails(request: SignedInRequest) -> HttpResponse:
    """Switch one's own digests on or off."""
    if request.POST.get("wanted") == "1":
        digest.want_mails(request.user)
        messages.success(request, _("You get mails about what waits on your employer’s page."))
    else:
        digest.stop_mails(request.user)
        messages.success(request, _("You get no more mails about your employer’s page."))
    return redirect("mine")


def _stopped(person: User) -> bool:
    return Reader.objects.filter(person=person, no_mails_since__isnull=False).exists()


mails_off = stop_page(digest.STOP, digest.stop_mails, _stopped, "pledges/employers/mails_off.html")
