"""What everybody reads: the six pledges, an employer, an action, and good practice."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from geo import uploads
from geo.core import params
from geo.core.timeouts import bounded
from pledges.employers import good_practice as practice
from pledges.employers import sections as panels
from pledges.employers.models.actions import Action, Evidence
from pledges.employers.models.adopting import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.permissions import looks_after, may_write
from pledges.employers.profile import standing
from pledges.employers.views.guard import employer_of
from pledges.feed.views import tidy
from pledges.organisations.models import Organisation
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
            "adopted": found.adoptions.in_force(timezone.localdate()).count(),
            "numbers": [(status, numbers.get(status.value, 0)) for status in Action.Status],
            "actions": newest[:SHOWN],
            "panels": panels.of_pledge(found),
        }
        return render(request, "pledges/employers/pledge.html", context)


@require_safe
def employer(request: HttpRequest, code: str) -> HttpResponse:
    """An employer, pledge by pledge; its one address has the code, or else the slug."""
    with bounded():
        found = employer_of(code)
        if code != found.public_code:
            return redirect("employer", found.public_code, permanent=True)
        context = {
            "employer": found,
            "standing": standing(found),
            "panels": panels.of_employer(found),
            "writes": may_write(_person(request), found),
        }
        return render(request, "pledges/employers/employer.html", context)


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action with its history; whoever writes for an employer may copy it."""
    with bounded():
        found = get_object_or_404(Action.objects.all().with_everything(), pk=pk)
        person = _person(request)
        context = {
            "action": found,
            "adaptations": found.adaptations.select_related("organisation")[:20],
            "writes": may_write(person, found.organisation),
            "copies_to": looks_after(person) if person and found.good_practice else [],
            "sections": sections_of(found, "ACTION_SECTIONS"),
        }
        return render(request, "pledges/employers/action.html", context)


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a published piece of evidence."""
    rows = Evidence.objects.select_related("upload").filter(upload__isnull=False)
    found = get_object_or_404(rows, pk=pk)
    return uploads.upload_response(found.upload, found.title)


@require_safe
def good_practice(request: HttpRequest) -> HttpResponse:
    """Actions that others may copy, some at a time."""
    query = tidy(request.GET)
    asked = practice.Asked.read(query)
    number = params.integer("page", query.get("page", "1"), 1, practice.MOST_PAGES)
    found = practice.find(asked, number)
    with bounded():
        context = {
            "asked": asked,
            "found": found,
            "page": found.page,
            "actions": list(found.page),
            "six": list(StaffPledge.objects.current()),
            "kinds": Organisation.Kind.choices,
            "distances": practice.DISTANCES,
        }
        return render(request, "pledges/employers/practice.html", context)


def _person(request: HttpRequest):
    return request.user if request.user.is_authenticated else None
