"""The induction pack of an employer: its page, and the same on paper."""

from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from geo.core.timeouts import bounded
from pledges.employers import induction
from pledges.employers.permissions import printing
from pledges.employers.profile import Standing, standing
from pledges.employers.views.guard import employer_of


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The six pledges, this employer's values and actions, and where to get help."""
    with bounded():
        found = _found(code)
        if code != found.employer.public_code:
            return redirect("induction", found.employer.public_code, permanent=True)
        picture = b64encode(induction.qr(found.employer)).decode()
        context = {**induction.context(found), "qr": f"data:image/png;base64,{picture}"}
        return render(request, "pledges/employers/induction.html", context)


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as PDF, for whoever prints it."""
    with bounded():
        found = _found(code)
    printing(request)
    answer = HttpResponse(induction.pdf(found), content_type="application/pdf")
    name = f"induction-{found.employer.public_code.lower()}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _found(code: str) -> Standing:
    """What an employer has published. Http404 where that is nothing."""
    found = standing(employer_of(code))
    if not found:
        raise Http404
    return found
