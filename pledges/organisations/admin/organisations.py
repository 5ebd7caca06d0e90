"""Organisations, themes and Change Days; merging organisations that are one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.admin.base import Admin
from geo.core.errors import GeoError
from pledges.organisations import merge as merging
from pledges.organisations.admin.exchange import Exchange, Organisations, Themes
from pledges.organisations.locations import place_by_point, place_by_postcode, save_organisation
from pledges.organisations.models import Organisation
from pledges.pledging.models import ChangeDay, Theme


class OrganisationForm(ModelForm):
    def clean(self) -> dict:
        """Let the postcode, or else the point, say where it is."""
        given = super().clean()
        if not self.errors:
            self.instance.postcode = given.get("postcode", "")
            self.instance.location = given.get("location")
            try:
                if "location" in self.changed_data:
                    place_by_point(self.instance)
                elif "postcode" in self.changed_data:
                    place_by_postcode(self.instance)
                    given["postcode"] = self.instance.postcode
                    given["location"] = self.instance.location
            except ValidationError as error:
                self.add_error(None, error)
        return given


class MergeForm(forms.Form):
    kept = forms.CharField(
        label=gettext_lazy("Code or slug of the one that is kept"),
        max_length=120,
        error_messages={"required": gettext_lazy("Enter the code or slug of the one that is kept")},
    )

    def clean_kept(self) -> Organisation:
        found = Organisation.objects.by_code(self.cleaned_data["kept"].strip()).first()
        if found is None:
            raise ValidationError(_("There is no organisation with this code or slug."))
        return found


@admin.register(Organisation)
class OrganisationAdmin(Exchange, Admin):
    resource_classes = [Organisations]
    form = OrganisationForm
    change_form_template = "admin/pledges/organisation.html"
    list_display = ["name", "code", "kind", "postcode", "district", "number", "closed"]
    list_filter = ["kind", ("closed", admin.EmptyFieldListFilter), "demo"]
    list_select_related = ["district"]
    search_fields = ["search_text"]
    search_help_text = gettext_lazy("Part of a name, former name or site, or a code")
    fields = ["name", "code", "slug", "kind", "former_names", "site_names", "email_domains"]
    fields += ["postcode", "location", "opened", "closed", "successors"]
    autocomplete_fields = ["successors"]
    ordering = ["name", "id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_pledges()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By the words of names, as the site's own search box finds them."""
        return (queryset.called(search_term) if search_term.strip() else queryset), False

    @admin.display(description=gettext_lazy("Public pledges"))
    def number(self, organisation: Organisation) -> int:
        return organisation.pledge_count

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, organisation: Organisation, form: ModelForm, change: bool
    ) -> None:
        organisation.code = organisation.code or None
        save_organisation(organisation)

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(self.merge)
        own = [path("<int:pk>/merge/", merge, name="pledges_organisation_merge")]
        return own + super().get_urls()

    def merge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask which organisation is kept, show what would move, then merge."""
        gone = get_object_or_404(Organisation.objects.with_areas(), pk=pk)
        form = MergeForm(request.POST if request.method == "POST" else None)
        kept = form.cleaned_data["kept"] if form.is_valid() else None
        if kept and kept.pk == gone.pk:
            form.add_error("kept", _("Choose another one: an organisation cannot be its own."))
            kept = None
        if kept and "merge" in request.POST:
            try:
                moved = merging.merge(gone, kept, request.user)
            except GeoError as error:
                messages.error(request, error.description)
            else:
                said = _("%(gone)s is now part of %(kept)s, with %(number)d pledges.")
                messages.success(request, said % {"gone": gone, "kept": kept, "number": moved})
            return redirect(reverse("admin:pledges_organisation_change", args=[kept.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge %(name)s into another") % {"name": gone},
            "opts": self.opts,
            "gone": gone,
            "kept": kept,
            "moved": merging.preview(gone),
            "form": form,
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/pledges/merge.html", context, status=status)


@admin.register(Theme)
class ThemeAdmin(Exchange, Admin):
    """A theme's number is its place in the counts: given once, and never taken away."""

    resource_classes = [Themes]
    list_display = ["name", "number", "slug", "colour", "symbol", "position"]
    search_fields = ["name__icontains", "slug"]
    list_filter = ["symbol"]
    ordering = ["position", "number"]

    def get_readonly_fields(self, request: HttpRequest, obj: Theme | None = None) -> list[str]:
        return ["number", "slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Theme | None = None) -> bool:
        return False


@admin.register(ChangeDay)
class ChangeDayAdmin(Admin):
    list_display = ["name", "date", "goal", "reported"]
    list_filter = ["date"]
    search_fields = ["name__icontains"]
    ordering = ["-date"]
