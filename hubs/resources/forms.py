"""The form of a resource, and the filters of their list."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from geo import uploads
from geo.core import params
from geo.core.errors import BadParameter
from hubs.hub.forms import textarea, web_field
from hubs.hub.models import Hub
from hubs.resources.models import Resource, ResourceQuerySet
from pledges.fields import wide

KINDS = frozenset({"picture", "pdf", "docx", "pptx", "xlsx", "odt", "odp", "csv", "txt"})
SELECT = {"class": "nhsuk-select"}


class ResourceForm(forms.ModelForm):
    """A file or a link, with what people need to know before they fetch it."""

    file = uploads.UploadField(label=_("File"), kinds=KINDS, required=False)
    link = web_field(label=_("Or a link"), max_length=500)

    class Meta:
        model = Resource
        fields = ("title", "description", "kind", "audience", "language", "licence", "link")
        labels = {
            "title": _("Title"),
            "description": _("What it is good for (optional)"),
            "kind": _("Kind"),
            "audience": _("For whom"),
            "language": _("Language"),
            "licence": _("Licence"),
        }
        help_texts = {"licence": _("What others may do with it. Ask whoever made it.")}
        widgets = {
            "title": wide(),
            "description": textarea(4),
            "kind": forms.Select(SELECT),
            "audience": forms.Select(SELECT),
            "language": forms.Select(SELECT),
            "licence": forms.Select(SELECT),
        }
        error_messages = {
            "title": {"required": _("Enter a title")},
            "kind": {"required": _("Choose what kind it is")},
            "licence": {"required": _("Choose a licence")},
        }

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        file, link = given.get("file"), given.get("link")
        if "file" in self.errors or "link" in self.errors:
            return given
        if file and link:
            self.add_error("link", _("Give a file or a link, not both"))
        elif not file and not link and not self.instance.upload_id:
            self.add_error("file", _("Choose a file, or give a link"))
        return given

    def _post_clean(self) -> None:
        """Leave the row as it is: `actions` write it, with the file."""

    def fields_of_resource(self) -> dict[str, Any]:
        """The fields to save, without the file."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


@dataclass(frozen=True)
class ResourceFilters:
    """The search and the filters of the list of resources; each may be empty."""

    q: str = ""
    kind: str = ""
    audience: str = ""
    language: str = ""
    hub: str = ""

    NATIONAL = "all"

    @classmethod
    def parse(cls, query: QueryDict) -> Self:
        """Read a query string. Raises UnknownParameter, or BadParameter for an unknown value."""
        params.reject_unknown(query, ("q", "kind", "audience", "language", "hub", "page"))
        choices: dict[str, type[TextChoices]] = {
            "kind": Resource.Kind,
            "audience": Resource.Audience,
            "language": Resource.Language,
        }
        found = {name: params.text(query, name) for name in ("q", *choices, "hub")}
        for name, known in choices.items():
            if found[name] and found[name] not in known.values:
                raise BadParameter(name, f"is none of: {', '.join(known.values)}")
        hub = found["hub"]
        if hub and hub != cls.NATIONAL and not Hub.objects.filter(slug=hub).exists():
            raise BadParameter("hub", str(_("there is no hub of this name")))
        return cls(**found)

    def apply(self, rows: ResourceQuerySet) -> ResourceQuerySet:
        """The resources that pass: the best match first, or else the newest."""
        for name in ("kind", "audience", "language"):
            if value := getattr(self, name):
                rows = rows.filter(**{name: value})
        if self.hub == self.NATIONAL:
            rows = rows.of(None)
        elif self.hub:
            rows = rows.filter(hub__slug=self.hub)
        return rows.matching(self.q) if self.q else rows.newest_first()

    def query_string(self) -> str:
        names = ("q", "kind", "audience", "language", "hub")
        return urlencode([(name, value) for name in names if (value := getattr(self, name))])
