"""Certificates: asked for, seen and printed by whose they are, and checked by anybody."""

from base64 import b64encode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pledges.accounts import rate_limits
from pledges.certificates.actions import issue_certificate
from pledges.certificates.certificates import check, in_groups, pdf, plain_number, qr, words_on
from pledges.certificates.models import Certificate
from pledges.fields import wide
from pledges.pledging.commitment import Part
from pledges.pledging.models import Pledge

METHODS = ["GET", "HEAD", "POST"]


def _name(label) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=100,
        widget=wide(autocomplete="name", spellcheck="false"),
        error_messages={
            "required": _("Enter the name"),
            "max_length": _("Use 100 characters at most"),
        },
    )


class NameForm(forms.Form):
    """The name to print: what no font shows, or what turns writing around, is left out."""

    name = _name(_("Name to print on it"))

    def clean_name(self) -> str:
        shown = (c if c.isprintable() else " " for c in self.cleaned_data["name"])
        name = " ".join("".join(shown).split())
        if not name:
            raise forms.ValidationError(_("Enter the name"))
        return name


class CheckForm(forms.Form):
    """What is on the paper."""

    number = forms.CharField(
        label=_("Number of the certificate"),
        help_text=_("12 letters and digits, for example ABCD-EFGH-3467"),
        max_length=40,
        widget=forms.TextInput(
            {
                "class": "nhsuk-input nhsuk-input--width-20",
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": _("Enter the number of the certificate"),
            "max_length": _("This number is too long"),
        },
    )
    name = _name(_("Name as it is printed on it"))


@require_http_methods(METHODS)
@never_cache
@login_required
def certify(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the name, and give the certificate for one's own part, which must be done."""
    pledge = get_object_or_404(Pledge.objects.public().with_everything(), pk=pk)
    part = Part.of(pledge, request.user)
    if part is None:
        raise Http404
    if part.done_on is None:
        return redirect("support", pk, part.verb)
    form = NameForm(request.POST or None, initial={"name": _usual_name(part)})
    if request.method == "POST" and form.is_valid():
        try:
            rate_limits.take(rate_limits.CERTIFICATES_OF_PERSON, str(request.user.pk))
            given = issue_certificate(part, form.cleaned_data["name"])
            return redirect("certificate", given.number)
        except rate_limits.TooMany as error:
            form.add_error("name", error.description)
    context = {"form": form, "part": part, "pledge": pledge, "given": list(part.certificates)}
    return render(
        request, "pledges/certificates/new.html", context, status=400 if form.errors else 200
    )


@require_safe
@never_cache
@login_required
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One's own certificate, as it will be printed."""
    found = _own(request, number)
    picture = f"data:image/png;base64,{b64encode(qr(found.number)).decode()}"
    context = {**words_on(found), "qr": picture}
    return render(request, "pledges/certificates/certificate.html", context)


@require_safe
@never_cache
@login_required
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """One's own certificate as PDF; one that is withdrawn is not printed any more."""
    found = _own(request, number)
    if not found.valid:
        raise Http404
    rate_limits.take(rate_limits.CERTIFICATES_OF_PERSON, f"pdf {request.user.pk}")
    answer = HttpResponse(pdf(found), content_type="application/pdf")
    named = f"changemap-{in_groups(found.number)}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{named}"'
    return answer


@never_cache
@require_http_methods(METHODS)
def check_page(request: HttpRequest, number: str = "") -> HttpResponse:
    """Tell whoever has the paper whether it is right: only the name on it opens it."""
    form = CheckForm(request.POST or None, initial={"number": in_groups(plain_number(number))})
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            rate_limits.take(rate_limits.CHECKS_FROM_NETWORK, rate_limits.network(request))
            given = form.cleaned_data
            answer, found = check(given["number"], given["name"])
            words = words_on(found) if found else {}
            return render(
                request, "pledges/certificates/answer.html", {**context, **words, "answer": answer}
            )
        except rate_limits.TooMany as error:
            form.add_error(None, error.description)
            return render(request, "pledges/certificates/check.html", context, status=429)
    return render(
        request, "pledges/certificates/check.html", context, status=400 if form.errors else 200
    )


def _own(request: HttpRequest, number: str) -> Certificate:
    rows = Certificate.objects.select_related("pledge__organisation", "join")
    return get_object_or_404(rows, number=plain_number(number), person=request.user)


def _usual_name(part: Part) -> str:
    return part.person.name or ("" if part.join else part.pledge.display_name)
