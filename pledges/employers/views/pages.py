"""Public pages: the six pledges, an employer and its induction pack, an action, good practice."""

from base64 import b64encode

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from geo import uploads
from geo.core.timeouts import bounded
from pledges.accounts.identity import person
from pledges.employers import good_practice as practice
from pledges.employers import induction as pack
from pledges.employers import sections as panels
from pledges.employers.models.actions import Action, Evidence
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.permissions import limit_pdfs, may_write, organisations_of
from pledges.employers.profile import EmployerProfile
from pledges.feed.views import tidy
from pledges.organisations.models import Organisation
from pledges.organisations.views import organisation_of
from pledges.sections import sections_of

SHOWN = 6  # actions on the page of a pledge


@require_safe
def pledges(request: HttpRequest) -> HttpResponse:
    """The six, in our words, with how many employers adopted each."""
    with bounded():
        in_force = Adoption.objects.in_force().values("pledge")
        adopted = dict(in_force.annotate(n=Count("pk")).values_list("pledge", "n"))
        six = StaffPledge.objects.current()
        context = {"six": [(pledge, adopted.get(pledge.pk, 0)) for pledge in six]}
        return render(request, "pledges/employers/pledges.html", context)


@require_safe
def pledge(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the six: what it means, who does what, and what employers do about it."""
    with bounded():
        found = get_object_or_404(StaffPledge.objects.current(), slug=slug)
        actions = Action.objects.about(found)
        numbers = dict(actions.values_list("status").annotate(n=Count("pk")))
        newest = actions.good_practice().order_by("-approved_at", "-pk").with_everything()
        context = {
            "pledge": found,
            "six": list(StaffPledge.objects.current()),
            "adopted": Adoption.objects.filter(pledge=found).in_force().count(),
            "numbers": [(status, numbers.get(status.value, 0)) for status in Action.Status],
            "actions": newest[:SHOWN],
            "panels": panels.of_pledge(found),
        }
        return render(request, "pledges/employers/pledge.html", context)


@require_safe
def employer(request: HttpRequest, code: str) -> HttpResponse:
    """An employer, pledge by pledge; its one address has the code, or else the slug."""
    with bounded():
        found = organisation_of(code)
        if code != found.public_code:
            return redirect("employer", found.public_code, permanent=True)
        context = {
            "employer": found,
            "profile": EmployerProfile.of(found),
            "panels": panels.of_employer(found),
            "may_write": may_write(person(request), found),
        }
        return render(request, "pledges/employers/employer.html", context)


@require_safe
def induction(request: HttpRequest, code: str) -> HttpResponse:
    """For recruits: the six pledges, the employer's values and actions, and where to get help."""
    with bounded():
        profile = _profile(code)
        if code != profile.employer.public_code:
            return redirect("induction", profile.employer.public_code, permanent=True)
        picture = b64encode(pack.qr(profile.employer)).decode()
        context = {**pack.context(profile), "qr": f"data:image/png;base64,{picture}"}
        return render(request, "pledges/employers/induction.html", context)


@require_safe
def induction_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as PDF, to print."""
    with bounded():
        profile = _profile(code)
    limit_pdfs(request)
    response = HttpResponse(pack.to_pdf(profile), content_type="application/pdf")
    name = f"induction-{profile.employer.public_code.lower()}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _profile(code: str) -> EmployerProfile:
    """What an employer has published. Http404 where that is nothing."""
    found = EmployerProfile.of(organisation_of(code))
    if not found:
        raise Http404
    return found


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action with its history; whoever writes for an employer may copy good practice."""
    with bounded():
        found = get_object_or_404(Action.objects.all().with_everything(), pk=pk)
        who = person(request)
        context = {
            "action": found,
            "adaptations": found.adaptations.select_related("organisation")[:20],
            "may_write": may_write(who, found.organisation),
            "copies_to": organisations_of(who) if who and found.good_practice else [],
            "sections": sections_of(found, "ACTION_SECTIONS"),
        }
        return render(request, "pledges/employers/action.html", context)


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a published piece of evidence."""
    found = get_object_or_404(Evidence.objects.select_related("upload"), pk=pk)
    if found.upload is None:
        raise Http404
    return uploads.upload_response(found.upload, found.title)


@require_safe
def good_practice(request: HttpRequest) -> HttpResponse:
    """Actions to copy, a page at a time."""
    query = practice.GoodPracticeQuery.parse(tidy(request.GET))
    found = practice.search(query)
    with bounded():
        context = {
            "query": query,
            "found": found,
            "page": found.page,
            "actions": list(found.page),
            "six": list(StaffPledge.objects.current()),
            "kinds": Organisation.Kind.choices,
            "distances": practice.DISTANCES,
        }
        return render(request, "pledges/employers/practice.html", context)
