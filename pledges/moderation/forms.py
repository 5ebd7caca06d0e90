"""The forms of reporting, deciding, answering and writing to somebody."""

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.moderation.models import Case, Decision, Report

RADIOS = {"class": "nhsuk-radios__input"}


def words_field(
    label: str | Promise, most: int, rows: int = 4, hint: str | Promise = "", **more: object
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea({"rows": rows, "class": "nhsuk-textarea"}),
        error_messages={
            "required": _("Write something first"),
            "max_length": _("Use %(limit_value)d characters at most"),
        },
        **more,
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect(RADIOS),
        error_messages={"required": _("Choose what is wrong with it")},
    )
    words = words_field(
        _("Anything else that we should know (optional)"),
        500,
        hint=_("Only moderators read it. Do not repeat what is private."),
        required=False,
    )


class DecisionForm(forms.Form):
    """What a moderator decides. `blocks`: whether the account may be blocked as well."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect(RADIOS),
        error_messages={"required": _("Choose what you decide")},
    )
    ground = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("The author is told it by mail. Needed to hide."),
        choices=[("", _("Choose a reason")), *Decision.Ground.choices],
        required=False,
        widget=forms.Select({"class": "nhsuk-select"}),
    )
    words = words_field(
        _("Your own words to the author (optional)"),
        500,
        rows=3,
        hint=_("They are shown on the author’s page, and in no mail."),
        required=False,
    )
    seen = forms.CharField(max_length=100, widget=forms.HiddenInput)

    def __init__(self, *given: object, keep: str | Promise, blocks: bool, **more: object) -> None:
        super().__init__(*given, **more)
        choices = [(Case.Outcome.KEPT, keep), (Case.Outcome.HIDDEN, _("Hide it"))]
        if blocks:
            choices.append((Case.Outcome.BLOCKED, _("Hide it, and block the account")))
        self.fields["outcome"].choices = choices

    def clean(self) -> dict:
        given = super().clean()
        hides = given.get("outcome") in (Case.Outcome.HIDDEN, Case.Outcome.BLOCKED)
        if hides and not given.get("ground"):
            self.add_error("ground", _("Choose a reason"))
        if hides and given.get("ground") == Decision.Ground.OTHER and not given.get("words"):
            self.add_error("words", _("Write the reason in your own words"))
        return given


class AnswerForm(forms.Form):
    answer = words_field(
        _("Your answer"), 2000, hint=_("Only moderators read it. You can answer once.")
    )


class MessageForm(forms.Form):
    text = words_field(
        _("Your message"),
        2000,
        rows=5,
        hint=_("They see what you write, and neither your name nor your address."),
    )

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        # They are warned while they type; what one person writes to another is held from nobody.
        given_to = {"data-decency": reverse_lazy("check-words"), "data-decency-says": "warns"}
        self.fields["text"].widget.attrs.update(given_to)
