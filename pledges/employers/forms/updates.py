"""What is told of an action while it goes on: updates, and evidence."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo import uploads
from pledges.employers.forms.base import PLAIN_ADDRESS, Content, ProposalForm, day, line, text
from pledges.employers.models.actions import Action, Evidence

FILES = frozenset({"picture", "pdf", "docx", "pptx", "xlsx", "odt", "odp", "csv", "txt"})


class UpdateForm(ProposalForm):
    """What happened, how far the action now is, and what its measure says."""

    on = day(_("Day"), need=_("Enter the day"))
    status = forms.ChoiceField(
        choices=Action.Status.choices,
        label=_("How far is it now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it is")},
    )
    text = text(
        _("What happened"),
        1000,
        6,
        _("If the action was stopped, this is the reason that everybody reads."),
        _("Write what happened"),
    )
    value = forms.DecimalField(
        label=_("What the measure says now (optional)"),
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(
            {"class": "nhsuk-input nhsuk-input--width-5", "inputmode": "decimal"}
        ),
        error_messages={"invalid": _("Enter a number, for example 12.5")},
    )

    def build(self) -> None:
        self.initial.setdefault("on", timezone.localdate())
        # What was told of an action that was removed since is still read in the history.
        if self.parent is None:
            return
        self.initial.setdefault("status", self.parent.status)
        measure, unit = self.parent.measure, self.parent.unit
        if not measure:
            del self.fields["value"]
        else:
            self.fields["value"].help_text = f"{measure} ({unit})" if unit else measure

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Enter a day that has come"))
        return on


class EvidenceForm(ProposalForm):
    """A file or a link that shows what an action did."""

    title = line(_("What it shows"), 120, need=_("Say what it shows"))
    on = day(_("Day it is from"), need=_("Enter the day"))
    file = uploads.UploadField(label=_("File"), kinds=FILES, required=False)
    link = forms.URLField(
        label=_("Or a link"),
        help_text=_("It begins with https://"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[PLAIN_ADDRESS],
        widget=forms.URLInput({"class": "nhsuk-input", "spellcheck": "false"}),
    )

    def build(self) -> None:
        self.initial.setdefault("on", timezone.localdate())

    def clean(self) -> Content:
        given = super().clean()
        if "file" in self.errors or "link" in self.errors:
            return given
        file, link = given.get("file"), given.get("link")
        if link and (file or self.has_file):
            self.add_error("link", _("Give a file or a link, not both"))
        elif not link and not file and not self.has_file:
            self.add_error("file", _("Choose a file, or give a link"))
        return given

    @staticmethod
    def content_of(row: Evidence) -> Content:
        return {"title": row.title, "on": row.on.isoformat(), "link": row.link}
