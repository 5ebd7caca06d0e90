"""Fields and small forms that several pages share."""

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.organisations.models import Organisation
from pledges.pledging.actions import in_domains

_YOURS = _("Your e-mail address")


def wide(**attributes: str) -> forms.TextInput:
    return forms.TextInput({"class": "nhsuk-input", **attributes})


def text_field() -> forms.CharField:
    return forms.CharField(
        label=_("What will you do?"),
        max_length=500,
        min_length=5,
        # Its writer is warned while they type: see pledges.moderation.contact_details.
        widget=forms.Textarea(
            {"rows": 4, "class": "nhsuk-textarea", "data-decency": reverse_lazy("check-words")}
        ),
        help_text=_("One thing, in your own words. Others will read it, so name nobody."),
        error_messages={
            "required": _("Write what you will do"),
            "min_length": _("Write a little more about what you will do"),
            "max_length": _("Use 500 characters at most"),
        },
    )


def email_field(hint: str | Promise, label: str | Promise = _YOURS) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=hint,
        max_length=254,  # the longest that mail can be sent to, RFC 5321
        widget=forms.EmailInput(
            {"class": "nhsuk-input", "autocomplete": "email", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address, for example name@example.org"),
            "max_length": _("This e-mail address is too long"),
        },
    )


def box_field(label: str | Promise, hint: str | Promise) -> forms.BooleanField:
    box = forms.CheckboxInput({"class": "nhsuk-checkboxes__input"})
    return forms.BooleanField(label=label, help_text=hint, required=False, widget=box)


class EmailForm(forms.Form):
    """Who joins or likes, when nobody is signed in."""

    email = email_field(_("We send you a code to confirm. Nobody else will see the address."))


class TextForm(forms.Form):
    """The new wording of a pledge."""

    text = text_field()

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class ColleagueForm(forms.Form):
    """Whom to ask to approve a pledge for a whole organisation."""

    email = email_field(
        _("We send a mail that asks to approve your pledge."), _("Your colleague’s e-mail address")
    )

    def __init__(self, *given, organisation: Organisation, **more) -> None:
        super().__init__(*given, **more)
        self.organisation = organisation

    def clean_email(self) -> str:
        if not in_domains(self.cleaned_data["email"], self.organisation):
            raise forms.ValidationError(_("Enter an address of the organisation’s own"))
        return self.cleaned_data["email"]
