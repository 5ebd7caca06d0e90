"""The queue of moderators, a case to decide, and what its author sees of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.errors import BadParameter, NotFound
from pledges.accounts.permissions import may_block, may_decide, may_moderate
from pledges.accounts.second_factor import required
from pledges.moderation import actions as moderating
from pledges.moderation import contact_details, notifications
from pledges.moderation.forms import AnswerForm, DecisionForm
from pledges.moderation.kinds import kind_of
from pledges.moderation.models import Case
from pledges.moderation.queue import queue as page_of
from pledges.pledging.models import Pledge

METHODS = ["GET", "HEAD", "POST"]
OPEN, DECIDED = "open", "decided"


@require_safe
@never_cache
@required
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a moderator in their areas, longest first; or what was decided."""
    shown = params.text(request.GET, "show", OPEN)
    if shown not in (OPEN, DECIDED):
        raise BadParameter("show", f"must be {OPEN} or {DECIDED}")
    decided = shown == DECIDED
    found = page_of(request.user, decided=decided, word=params.text(request.GET, "cursor"))
    cases = [(case, kind_of(case)) for case in found.cases]
    context = {"queue": found, "cases": cases, "decided": decided, "show": shown}
    return render(request, "pledges/moderation/queue.html", context)


@require_http_methods(METHODS)
@never_cache
@required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the text, its reports and decisions; the button decides."""
    found = get_object_or_404(Case.objects.select_related("author", "region", "district"), pk=pk)
    person = request.user
    if not may_moderate(person, found.region, found.district):
        raise PermissionDenied
    kind, row = kind_of(found), found.subject
    if row is None:
        raise NotFound(_("This was deleted meanwhile."))
    held = getattr(row, "held_at", None) is not None
    upholds = found.outcome == Case.Outcome.BLOCKED
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": moderating.state_of(found, kind.text(row))},
        keep=_("Show it again") if found.hidden else _("Let it be seen") if held else _("Keep it"),
        blocks=upholds or may_block(person, found.author),
    )
    status = 200
    if form.is_bound and form.is_valid():
        try:
            given = form.cleaned_data
            given["outcome"] = Case.Outcome(given["outcome"])
            moderating.decide(found, person, **given)
            messages.success(request, _("Decided. The next case is the first of the list."))
            return redirect("moderation")
        except moderating.DecidedMeanwhile as error:
            return _look_again(request, pk, error)
    elif form.is_bound:
        status = 400
    text = kind.text(row)
    context = {
        "case": found,
        "kind": kind,
        "text": text,
        "found": contact_details.find(text),
        "held": held,
        "in_view": kind.readable(None).filter(pk=row.pk).exists(),
        "address": kind.address(row),
        "reports": found.reports.order_by("created_at"),
        "decisions": found.decisions.select_related("decided_by"),
        "form": form,
        "may": may_decide(person, found),
        "others": _others(found),
    }
    return render(request, "pledges/moderation/case.html", context, status=status)


def _look_again(request: HttpRequest, pk: int, error: moderating.DecidedMeanwhile) -> HttpResponse:
    """Show the case as it is by now, with what was not done and why."""
    messages.error(request, error.description)
    return redirect("case", pk)


def _others(found: Case) -> dict[str, int] | None:
    """What else there is of an author, in numbers: who they are is not for moderators to see."""
    if not found.author or getattr(found.subject, "anonymous", False):
        return None
    hidden = Case.objects.filter(author=found.author).exclude(pk=found.pk)
    return {
        "pledges": Pledge.objects.filter(author=found.author, verified_at__isnull=False).count(),
        "hidden": hidden.filter(outcome__in=moderating.HIDING).count(),
    }


@require_http_methods(METHODS)
@never_cache
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided of something one wrote, why, and the one answer to it."""
    found = get_object_or_404(Case.objects.told_to(request.user), pk=pk)
    return _to_author(request, found)


@require_http_methods(METHODS)
@never_cache
def decision_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same behind the link of a mail: a blocked account cannot sign in."""
    return _to_author(request, notifications.case_of(token))


def _to_author(request: HttpRequest, found: Case) -> HttpResponse:
    last = found.decisions.last()
    kind, row = kind_of(found), found.subject
    if row is None:
        raise Http404
    held = getattr(row, "held_at", None) is not None and not found.hidden
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        moderating.answer(found, form.cleaned_data["answer"])
        return redirect(request.path)
    context = {
        "case": found,
        "decision": last,
        "kind": kind,
        "text": last.text if last and found.hidden else kind.text(row),
        "held": held,
        "found": contact_details.in_words(contact_details.telling(kind.text(row))),
        "mend": kind.mend(row) if held else "",
        "outcomes": Case.Outcome,
        "form": form,
    }
    status = 400 if form.is_bound else 200
    return render(request, "pledges/moderation/told.html", context, status=status)
