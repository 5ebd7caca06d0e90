"""The pages on which people confirm: the form of the code, and the page behind a mail's link.

Opening a page changes nothing: mail programs open links by themselves. Only buttons do.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pledges.accounts import confirmation, rate_limits
from pledges.accounts.confirmation_kinds import asked
from pledges.accounts.models import Confirmation, User
from pledges.moderation.contact_details import in_words, telling
from pledges.pledging.balloons import Balloons
from pledges.pledging.models import Pledge
from pledges.pledging.screening import words_of

ADDRESS, DONE, CONFIRMER = "confirming", "confirmed", "confirmer"  # keys of the session


class CodeForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter the e-mail address that the mail went to")},
        widget=forms.EmailInput(
            {"class": "nhsuk-input", "autocomplete": "email", "spellcheck": "false"}
        ),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("8 letters and digits, from the mail we sent you"),
        max_length=40,
        error_messages={"required": _("Enter the code from the mail")},
        widget=forms.TextInput(
            {
                "class": "nhsuk-input nhsuk-input--width-10",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


def sent(request: HttpRequest, email: str) -> HttpResponse:
    """Go to the form of the code that was sent to this address."""
    request.session[ADDRESS] = email
    return redirect("confirm")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """The form of the code; the right one confirms at once."""
    email = request.session.get(ADDRESS, "")
    if request.method != "POST":
        form = CodeForm(initial={"email": email})
        return render(request, "pledges/accounts/confirm/code.html", {"form": form, "email": email})
    form = CodeForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            rate_limits.take(rate_limits.CODES_FROM_NETWORK, rate_limits.network(request))
            rate_limits.take(rate_limits.CODES_FOR_ADDRESS, given["email"].lower())
            return _confirmed(request, confirmation.answer_by_code(given["email"], given["code"]))
        except (confirmation.NotConfirmed, rate_limits.TooMany) as error:
            form.add_error("code", error.description)
    return render(
        request, "pledges/accounts/confirm/code.html", {"form": form, "email": email}, status=400
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a mail: says what is confirmed, and its button does it."""
    try:
        found = confirmation.answer_by_token(token)
        if request.method == "POST":
            return _confirmed(request, found)
    except confirmation.NotConfirmed as error:
        context = {"description": error.description}
        return render(request, "pledges/accounts/confirm/too_late.html", context, status=410)
    if other := asked(found.kind):
        context = {"confirmation": found, "subject": found.subject, "asked": other}
        return render(request, "pledges/accounts/confirm/other.html", context)
    context = {"confirmation": found, "pledge": found.pledge, "kinds": Confirmation.Kind}
    return render(request, "pledges/accounts/confirm/link.html", context)


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Say what was confirmed, to the browser that confirmed it."""
    kind, key = request.session.get(DONE, ("", 0))
    pledge = Pledge.objects.filter(pk=key).first()
    if not pledge:
        return redirect("map")
    context = {"kind": kind, "pledge": pledge, "tells": in_words(telling(words_of(pledge)))}
    who = User.objects.filter(pk=request.session.get(CONFIRMER)).first()
    context["balloons"] = Balloons.of(who)
    return render(request, "pledges/accounts/confirm/done.html", context)


def _confirmed(request: HttpRequest, found: Confirmation) -> HttpResponse:
    who = confirmation.confirm(found)
    request.session.pop(ADDRESS, None)
    if other := asked(found.kind):
        return redirect(other.after(found))
    request.session[DONE] = (found.kind, found.pledge_id)
    request.session[CONFIRMER] = who.pk
    return redirect("confirm-done")
