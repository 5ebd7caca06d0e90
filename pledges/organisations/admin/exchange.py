"""Import and export of organisations and themes: looked over first, then all of it or nothing."""

import re

import tablib
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, JSON
from import_export.forms import ExportForm
from import_export.results import Result

from geo.core.csv import safe, unsafe
from pledges.organisations.locations import place_by_postcode, save_organisation
from pledges.organisations.models import Organisation
from pledges.pledging.models import Theme

LARGEST = 4 * 1024 * 1024  # bytes: twenty thousand organisations
MANY = "|"  # between the names of one cell


class SafeCSV(CSV):
    """No cell is a formula to a spreadsheet; what stands before one is taken off again."""

    def export_data(self, dataset, **kwargs) -> str:
        written = tablib.Dataset(headers=dataset.headers)
        written.extend([safe("" if cell is None else str(cell)) for cell in row] for row in dataset)
        return super().export_data(written, **kwargs)


class Names(widgets.Widget):
    """Several names in one cell."""

    def clean(self, value: object, row: dict | None = None, **kwargs) -> list[str]:
        given = value if isinstance(value, list) else str(value or "").split(MANY)
        return [name.strip() for name in map(str, given) if name.strip()]

    def render(self, value: list[str] | None, obj: object | None = None, **kwargs) -> str:
        return f" {MANY} ".join(value or [])


class Resource(resources.ModelResource):
    """Rows are checked as a form is; a fault names its line, and then nothing is written."""

    class Meta:
        use_transactions = True
        clean_model_instances = True
        skip_html_diff = True
        skip_unchanged = True
        report_skipped = True

    def before_import_row(self, row: dict, **kwargs) -> None:
        for name, cell in row.items():
            text = unsafe(str(cell))
            if isinstance(text, str) and re.search(r"[\x00-\x08]", text):
                raise ValidationError(_("%(column)s: control characters") % {"column": name})
            row[name] = text.strip() if isinstance(text, str) else text

    def before_import(self, dataset, **kwargs) -> None:
        """Refuse a column that would be passed over: it may be one that is misspelt."""
        known = {field.column_name for field in self.get_import_fields()}
        strange = [name for name in dataset.headers or [] if name not in known]
        if strange:
            raise ValidationError(
                _("There is no column called %(name)s.") % {"name": ", ".join(map(str, strange))}
            )


class Organisations(Resource):
    """By ODS code, else by slug; a new one without a slug gets one of its name."""

    former_names = fields.Field("former_names", "former_names", widget=Names())
    site_names = fields.Field("site_names", "site_names", widget=Names())
    email_domains = fields.Field("email_domains", "email_domains", widget=Names())

    class Meta(Resource.Meta):
        model = Organisation
        import_id_fields = ("code", "slug")
        fields = ("code", "slug", "name", "kind", "former_names", "site_names", "email_domains")
        fields += ("postcode", "opened", "closed")

    def get_instance(self, instance_loader: object, row: dict) -> Organisation | None:
        code, slug = (str(row.get(name) or "") for name in ("code", "slug"))
        if code:
            return Organisation.objects.filter(code=code.upper()).first()
        return Organisation.objects.filter(slug=slug, code=None).first() if slug else None

    def before_import_row(self, row: dict, **kwargs) -> None:
        super().before_import_row(row, **kwargs)
        if "code" in row:
            row["code"] = str(row["code"] or "").upper() or None

    def import_instance(self, instance: Organisation, row: dict, **kwargs) -> None:
        before, slug = instance.postcode, instance.slug
        super().import_instance(instance, row, **kwargs)
        instance.slug = instance.slug or slug or slugify(instance.name)[:100]
        instance.code = instance.code or None
        if instance.postcode != before:
            place_by_postcode(instance)

    def do_instance_save(self, instance: Organisation, is_create: bool) -> None:
        save_organisation(instance)

    def get_queryset(self):
        return super().get_queryset().order_by("name", "pk")


class Themes(Resource):
    """By number, which is a theme's place in the counts."""

    class Meta(Resource.Meta):
        model = Theme
        import_id_fields = ("number",)
        fields = ("number", "slug", "name", "name_cy", "description", "colour", "symbol")
        fields += ("position",)


class Exchange(ImportExportMixin):
    """For a page of the admin: a dry run that names each fault, then a button to import."""

    import_template_name = "admin/pledges/import.html"
    skip_admin_log = True
    # All columns: the form that lets one choose writes styles into its page.
    export_form_class = ExportForm

    def get_import_formats(self) -> list[type]:
        return [SafeCSV, JSON]

    def get_export_formats(self) -> list[type]:
        return [SafeCSV, JSON]

    def get_import_data_kwargs(self, **kwargs) -> dict:
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def create_import_form(self, request: HttpRequest):
        form = super().create_import_form(request)
        given = form.files.get("import_file") if form.is_bound else None
        if given and given.size > LARGEST:
            form.add_error("import_file", _("The file is too large: 4 MB at most."))
        return form

    def process_import(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Import what was looked over; whoever took too long begins anew."""
        name = str(request.POST.get("import_file_name", ""))
        known = name.isalnum() and self.get_tmp_storage_class()(name=name).read() is not None
        if request.method == "POST" and not (known and request.POST.get("format") in ("0", "1")):
            messages.error(request, _("Choose the file once more: it is not kept for long."))
            return redirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))
        return super().process_import(request, **kwargs)

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, _("Something changed meanwhile: nothing was imported."))
            return redirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))
        return super().process_result(result, request)
