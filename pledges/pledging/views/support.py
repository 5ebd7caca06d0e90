"""What is done with a pledge: joined, liked, done, corrected, withdrawn; asked, then done."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pledges.accounts import confirmation, rate_limits
from pledges.accounts.identity import person
from pledges.accounts.models import Confirmation, User
from pledges.accounts.permissions import may_approve
from pledges.accounts.views.confirmation import sent
from pledges.fields import ColleagueForm, EmailForm, TextForm
from pledges.pledging import actions
from pledges.pledging.models import Pledge

METHODS = ["GET", "HEAD", "POST"]
DONE = ("done", "part-done")  # after which the story is asked for
Kind = Confirmation.Kind


@dataclass(frozen=True)
class Verb:
    """What the page asks, what its button says, and what it does; `kind`: strangers may as well."""

    question: str | Promise
    button: str | Promise
    work: Callable[[Pledge, User], object]
    kind: Kind | None = None
    authors: bool = False


def _own(work: Callable[[Pledge], object]) -> Callable[[Pledge, User], object]:
    return lambda pledge, _author: work(pledge)


VERBS = {
    "join": Verb(_("Join this pledge?"), _("I join"), actions.join, Kind.JOIN),
    "like": Verb(_("Like this pledge?"), _("I like it"), actions.like, Kind.LIKE),
    "leave": Verb(_("No longer join this pledge?"), _("No longer join"), actions.leave),
    "unlike": Verb(_("No longer like this pledge?"), _("No longer like"), actions.unlike),
    "part-done": Verb(_("Have you done your part?"), _("I did it"), actions.mark_part_done),
    "part-not-done": Verb(
        _("Is your part still to do?"), _("Not done yet"), actions.mark_part_not_done
    ),
    "done": Verb(_("Have you done it?"), _("I did it"), _own(actions.mark_done), authors=True),
    "not-done": Verb(
        _("Is it still to do?"), _("Not done yet"), _own(actions.mark_not_done), authors=True
    ),
    "withdraw": Verb(
        _("Withdraw this pledge?"), _("Withdraw it"), _own(actions.withdraw), authors=True
    ),
}


@never_cache
@require_http_methods(METHODS)
def support(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask whether the person means it; the button does it, or asks a stranger by mail."""
    asked = VERBS.get(verb)
    if not asked:
        raise Http404
    who = person(request)
    pledge = _of_author(pk, who) if asked.authors else _public(pk)
    if not who and not asked.kind:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    form = EmailForm(request.POST or None) if not who else None
    if request.method == "POST":
        if who:
            asked.work(pledge, who)
            if verb in DONE:
                return redirect("tell", pk)
            gone = not Pledge.objects.public().filter(pk=pk).exists()
            return redirect("mine") if gone else redirect("pledge", pk)
        if form.is_valid():
            return _ask(request, asked, pledge, form)
    context = {"pledge": pledge, "verb": asked, "form": form, "withdrawing": verb == "withdraw"}
    return _answer(request, "pledges/pledging/support.html", context)


def _ask(request: HttpRequest, asked: Verb, pledge: Pledge, form: EmailForm) -> HttpResponse:
    email = form.cleaned_data["email"]
    if request.POST.get("website"):
        return sent(request, email)
    try:
        rate_limits.take(rate_limits.MAILS_FROM_NETWORK, rate_limits.network(request))
        confirmation.ask(asked.kind, email, pledge)
    except rate_limits.TooMany as error:
        form.add_error("email", error.description)
        context = {"pledge": pledge, "verb": asked, "form": form}
        return _answer(request, "pledges/pledging/support.html", context)
    return sent(request, email)


@never_cache
@require_http_methods(METHODS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Word one's own pledge anew."""
    who = person(request)
    pledge = _of_author(pk, who)
    form = TextForm(request.POST or None, initial={"text": pledge.text})
    if request.method == "POST" and form.is_valid():
        actions.correct(pledge, form.cleaned_data["text"])
        return redirect("pledge", pk) if pledge.public else redirect("mine")
    joined = pledge.join_set.exists()
    return _answer(
        request, "pledges/pledging/correct.html", {"pledge": pledge, "form": form, "joined": joined}
    )


@never_cache
@require_http_methods(METHODS)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """A pledge for a whole organisation that waits: ask a colleague; an operator approves here."""
    who = person(request)
    pledge = get_object_or_404(
        Pledge.objects.with_everything(), pk=pk, who=Pledge.Who.ORGANISATION, withdrawn_at=None
    )
    may = bool(who and pledge.organisation and may_approve(who, pledge.organisation))
    if not may:
        _only_author(pledge, who)
    if pledge.public:
        return redirect("pledge", pk)
    if request.method == "POST" and may and "approve" in request.POST:
        actions.approve(pledge, who)
        return redirect("pledge", pk) if pledge.public else redirect("mine")
    asking = request.method == "POST" and "email" in request.POST and pledge.organisation
    given = request.POST if asking else None
    form = ColleagueForm(given, organisation=pledge.organisation)
    if given is not None and form.is_valid():
        try:
            rate_limits.take(rate_limits.MAILS_FROM_NETWORK, rate_limits.network(request))
            actions.ask_for_approval(pledge, form.cleaned_data["email"])
            return redirect(f"{request.path}?asked=1")
        except rate_limits.TooMany as error:
            form.add_error("email", error.description)
    context = {"pledge": pledge, "form": form, "may": may, "asked": "asked" in request.GET}
    return _answer(request, "pledges/pledging/approval.html", context)


@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of a public pledge as a QR code, an SVG picture."""
    _public(pk)
    picture = io.BytesIO()
    address = settings.SITE_URL + reverse("pledge", args=[pk])
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=4, dark="#212b32")
    cached = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml", headers=cached)


def _public(pk: int) -> Pledge:
    return get_object_or_404(Pledge.objects.public().with_everything(), pk=pk)


def _of_author(pk: int, who: User | None) -> Pledge:
    pledge = get_object_or_404(Pledge.objects.with_everything(), pk=pk, withdrawn_at=None)
    _only_author(pledge, who)
    return pledge


def _only_author(pledge: Pledge, who: User | None) -> None:
    """A stranger learns no more of a pledge that is not public than that there is nothing."""
    if who and pledge.author_id == who.pk:
        return
    if pledge.public:
        raise PermissionDenied
    raise Http404


def _answer(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    form = context.get("form")
    return render(request, template, context, status=400 if form and form.errors else 200)
