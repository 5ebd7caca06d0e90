"""Organisations that people named and the list has not: which one is meant, or a new one."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from geo.core import params
from pledges.organisations import search, unlisted
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge

NAMES_A_PAGE = 50
OTHER, NEW, ASIDE = "other", "new", "aside"


class SettleForm(forms.Form):
    """One of the similar organisations (by its key), another by code, a new one, or none."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Which organisation is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one")},
    )
    code = forms.CharField(
        label=gettext_lazy("Code or slug of another one"), max_length=120, required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of the new one"),
        choices=Organisation.Kind.choices,
        initial=Organisation.Kind.OTHER,
        required=False,
    )

    def __init__(self, similar: list[Organisation], *given: object) -> None:
        super().__init__(*given)
        self.similar = {str(found.pk): found for found in similar}
        self.fields["choice"].choices = [
            *((key, f"{found} ({found.public_code})") for key, found in self.similar.items()),
            (OTHER, _("Another one, by its code or slug")),
            (NEW, _("None of them: make a new organisation of this name")),
            (ASIDE, _("Leave the name as it was typed")),
        ]

    def clean(self) -> dict:
        given = super().clean()
        choice = given.get("choice")
        given["organisation"] = self.similar.get(choice)
        if choice == OTHER:
            code = given.get("code", "").strip()
            given["organisation"] = Organisation.objects.by_code(code).first()
            if given["organisation"] is None:
                self.add_error("code", _("There is no organisation with this code or slug."))
        return given


def names(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The names that wait, the most used first."""
    page = Paginator(unlisted.waiting(), NAMES_A_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": _("Organisations that are not listed"),
        "opts": Pledge._meta,
        "page": page,
    }
    return TemplateResponse(request, "admin/pledges/unlisted.html", context)


def settle(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """One name: what is similar to it, and what is to become of it."""
    name = params.clean(request.GET.get("name", ""))
    pledges = Pledge.objects.filter(unlisted__gt="", unlisted__iexact=name)
    number = pledges.count() if name else 0
    if not number:
        raise Http404
    form = SettleForm(
        search.organisations(name), *([request.POST] if request.method == "POST" else [])
    )
    if form.is_valid():
        try:
            _do(request, name, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("admin:pledges_pledge_unlisted")
    context = {
        **site.each_context(request),
        "title": _("Which organisation is “%(name)s”?") % {"name": name},
        "opts": Pledge._meta,
        "name": name,
        "number": number,
        "pledges": pledges.order_by("-id")[:5],
        "form": form,
    }
    status = 400 if form.errors else 200
    return TemplateResponse(request, "admin/pledges/settle.html", context, status=status)


def _do(request: HttpRequest, name: str, given: dict) -> None:
    if given["choice"] == ASIDE:
        unlisted.set_aside(name, request.user)
        messages.success(request, _("The name stays as it was typed."))
        return
    if given["choice"] == NEW:
        settled = unlisted.settle_as_new(name, given["kind"], request.user)
    else:
        settled = unlisted.settle_name(name, given["organisation"], request.user)
    said = ngettext(
        "%(number)d pledge has its organisation now.",
        "%(number)d pledges have their organisation now.",
        settled,
    )
    messages.success(request, said % {"number": settled})
