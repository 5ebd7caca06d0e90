"""The forms of updates of an action, and of evidence for it."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo import uploads
from pledges.employers.forms.base import HTTP_URL, Content, ProposalForm, day, figure, line, text
from pledges.employers.models.actions import Action, Evidence, Update
from pledges.employers.models.proposals import Proposal

FILES = frozenset({"picture", "pdf", "docx", "pptx", "xlsx", "odt", "odp", "csv", "txt"})


class UpdateForm(ProposalForm[Update]):
    """What happened, the status of the action since then, and its measure."""

    model = Update
    organisation_lookup = "action__organisation"
    of_action = True
    # Updates are the history of an action.
    may_change = may_remove = False

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
    value = figure(_("What the measure says now (optional)"))

    def build(self) -> None:
        self.initial.setdefault("on", timezone.localdate())
        # An update of an action that was removed since is still shown in the history.
        if self.action is None:
            return
        self.initial.setdefault("status", self.action.status)
        measure, unit = self.action.measure, self.action.unit
        if not measure:
            del self.fields["value"]
        else:
            self.fields["value"].help_text = f"{measure} ({unit})" if unit else measure

    def clean_on(self) -> datetime.date:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Enter a day that has come"))
        return on

    def save(self, proposal: Proposal) -> Update:
        given = self.cleaned_data
        action = Action.objects.select_for_update().get(pk=proposal.action_id or 0)
        made = action.updates.create(
            on=given["on"], text=given["text"], status=given["status"], value=given.get("value")
        )
        # An update that is approved late does not change what one of a later day says.
        if action.updates.order_by("-on", "-pk").first() == made:
            action.status = made.status
            action.ended_on = None if action.open else made.on
            action.reason = made.text if made.status == Action.Status.STOPPED else ""
        action.said_at = timezone.now()
        action.save()
        return made


class EvidenceForm(ProposalForm[Evidence]):
    """A file or a link that shows the effect of an action."""

    model = Evidence
    organisation_lookup = "action__organisation"
    of_action = True
    may_change = False

    title = line(_("What it shows"), 120, need=_("Say what it shows"))
    on = day(_("Day it is from"), need=_("Enter the day"))
    file = uploads.UploadField(label=_("File"), kinds=FILES, required=False)
    link = forms.URLField(
        label=_("Or a link"),
        help_text=_("It begins with https://"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[HTTP_URL],
        widget=forms.URLInput({"class": "nhsuk-input", "spellcheck": "false"}),
    )

    def build(self) -> None:
        self.initial.setdefault("on", timezone.localdate())

    def clean(self) -> None:
        if "file" in self.errors or "link" in self.errors:
            return
        file, link = self.cleaned_data.get("file"), self.cleaned_data.get("link")
        if link and (file or self.has_file):
            self.add_error("link", _("Give a file or a link, not both"))
        elif not link and not file and not self.has_file:
            self.add_error("file", _("Choose a file, or give a link"))

    def save(self, proposal: Proposal) -> Evidence:
        given = self.cleaned_data
        row = self.row or Evidence(action=proposal.action)
        row.title, row.on, row.link = given["title"], given["on"], given["link"]
        row.upload, row.approved_at = proposal.upload, timezone.now()
        row.save()
        Action.objects.filter(pk=row.action_id).update(said_at=timezone.now())
        return row

    @classmethod
    def content_of(cls, row: Evidence) -> Content:
        return {"title": row.title, "on": row.on.isoformat(), "link": row.link}
