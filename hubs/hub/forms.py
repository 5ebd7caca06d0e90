"""The forms of hubs: a message to one, and those of its team."""

import uuid
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from hubs.hub.models import Hub, HubAnswer, HubMessage
from pledges.fields import email_field, wide


def textarea(rows: int, **attributes: str) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "class": "nhsuk-textarea", **attributes})


def web_field(**options: Any) -> forms.URLField:
    """An optional address of a page on the web."""
    return forms.URLField(
        help_text=_("It begins with https://"),
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput({"class": "nhsuk-input", "spellcheck": "false"}),
        **options,
    )


class KeyedForm(forms.Form):
    """A form with a hidden random key, by which the same form sent twice is known."""

    form_key = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.initial.setdefault("form_key", str(uuid.uuid4()))

    def clean_form_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()


class MessageForm(KeyedForm):
    """What somebody writes to a hub; who is signed in gives no address."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Tell us how we can help. Write nothing that could tell who a patient is."),
        max_length=HubMessage._meta.get_field("text").max_length,
        widget=textarea(8),
        error_messages={
            "required": _("Write your message"),
            "max_length": _("Use 3,000 characters at most"),
        },
    )
    name = forms.CharField(
        label=_("Your name (optional)"),
        max_length=100,
        required=False,
        widget=wide(autocomplete="name"),
    )
    email = email_field(_("The answer goes to this address. Only the hub’s team sees it."))

    def __init__(self, *given: Any, signed_in: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        if signed_in:
            del self.fields["email"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class AnswerForm(KeyedForm):
    """A hub's answer."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_(
            "It goes to the sender by mail, as plain text. An empty line begins a paragraph."
        ),
        max_length=HubAnswer._meta.get_field("text").max_length,
        widget=textarea(10),
        error_messages={
            "required": _("Write your answer"),
            "max_length": _("Use 5,000 characters at most"),
        },
    )


class InvitationForm(forms.Form):
    """Whom to invite into a hub's team."""

    email = email_field(
        _("We send a mail with a button. The invitation holds for seven days."),
        _("Their e-mail address"),
    )


def welcome_field(language: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        help_text=_("One or two sentences. They also stand beside the map and on pledges."),
        max_length=400,
        required=False,
        widget=textarea(3, lang=language),
        **options,
    )


class HubForm(forms.ModelForm):
    """The public texts of a hub, in English and in Welsh."""

    welcome = welcome_field("en", label=_("A word of welcome"))
    welcome_cy = welcome_field("cy", label=_("A word of welcome in Welsh (optional)"))
    telephone = forms.CharField(
        label=_("Telephone (optional)"),
        max_length=30,
        required=False,
        validators=[RegexValidator(r"^[\d\s()+-]{5,30}$", _("Enter a telephone number"))],
        widget=forms.TextInput({"class": "nhsuk-input nhsuk-input--width-20"}),
    )
    website = web_field(label=_("Website (optional)"), max_length=300)

    class Meta:
        model = Hub
        fields = (
            *("name", "name_cy", "welcome", "welcome_cy", "about", "about_cy"),
            *("place", "email", "telephone", "website"),
        )
        labels = {
            "name": _("Name of the hub"),
            "name_cy": _("Name in Welsh (optional)"),
            "about": _("Who we are"),
            "about_cy": _("Who we are, in Welsh (optional)"),
            "place": _("Town"),
            "email": _("E-mail address of the hub"),
        }
        help_texts = {
            "about": _("An empty line begins a paragraph."),
            "email": _("Everybody sees it. Notices of new messages go there."),
        }
        widgets = {
            "name": wide(),
            "name_cy": wide(lang="cy"),
            "about": textarea(8),
            "about_cy": textarea(8, lang="cy"),
            "place": wide(),
            "email": forms.EmailInput({"class": "nhsuk-input", "spellcheck": "false"}),
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_name_cy(self) -> str:
        return " ".join(self.cleaned_data["name_cy"].split())
