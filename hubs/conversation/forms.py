"""The forms of the conversation: posting, replying, wording anew."""

import uuid
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hubs.conversation import texts
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import LONGEST, Post
from hubs.conversation.models.replies import LONGEST as LONGEST_REPLY
from hubs.conversation.models.themes import Theme
from pledges.fields import box_field, email_field, wide
from pledges.pledging.location_form import PlacedForm

Show, Kind = Post.Show, Post.Kind
KINDS = (
    (Kind.IDEA, _("An idea")),
    (Kind.QUESTION, _("A question")),
    (Kind.CHALLENGE, _("A challenge")),
)
SIGNED = (
    (Signed.NAME, _("My name")),
    (Signed.ROLE, _("My role alone")),
    (Signed.ANONYMOUS, _("Nothing: I stay anonymous")),
)
CONFIRM = _("We send you a code to confirm. Nobody else will see the address.")


def words_field(label: str | Promise, most: int, rows: int, **more: Any) -> forms.CharField:
    """Text that people write; warned while they type: see pledges.moderation.contact_details."""
    attributes = {
        "rows": rows,
        "class": "nhsuk-textarea",
        "data-decency": reverse_lazy("check-words"),
    }
    return forms.CharField(
        label=label,
        min_length=5,
        max_length=most,
        widget=forms.Textarea(attributes),
        error_messages={
            "required": _("Write something first"),
            "min_length": _("Write a little more"),
            "max_length": _("Use %(limit_value)d characters at most"),
        },
        **more,
    )


def signed_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=SIGNED,
        label=_("What do others see of you?"),
        coerce=lambda value: Signed(int(value)),
        initial=Signed.NAME,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what others see of you")},
    )


def name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name to show (optional)"),
        max_length=100,
        required=False,
        widget=wide(autocomplete="given-name"),
    )


def role_field() -> forms.CharField:
    return forms.CharField(
        label=_("Role to show (optional)"),
        help_text=_("For example “Porter” or “Ward sister”"),
        max_length=100,
        required=False,
        widget=wide(autocomplete="organization-title"),
    )


def key_field() -> forms.CharField:
    # Written by us, so whatever else stands there is no reason to refuse the form.
    return forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)


class Wordy(forms.Form):
    """What forms with a text of somebody's have in common."""

    def clean_text(self) -> str:
        text = texts.tidy(self.cleaned_data["text"])
        if not texts.says_something(text):
            raise forms.ValidationError(_("Write something first"))
        return text

    def clean_display_name(self) -> str:
        return texts.one_line(self.cleaned_data["display_name"])

    def clean_role(self) -> str:
        return texts.one_line(self.cleaned_data["role"])

    def clean_form_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()


class PostForm(Wordy, PlacedForm):
    """An idea, a question or a challenge, of whom, and where others may see it."""

    text = words_field(
        _("What do you want to say?"),
        LONGEST,
        rows=4,
        help_text=_("One thing, in your own words. Others will read it, so name nobody."),
    )
    kind = forms.TypedChoiceField(
        choices=KINDS,
        label=_("What is it?"),
        coerce=lambda value: Kind(int(value)),
        initial=Kind.IDEA,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is")},
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label=_("What is it about?"),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is about"),
            "invalid_choice": _("This theme is not open for posts. Choose another one."),
        },
    )
    signed = signed_field()
    display_name = name_field()
    role = role_field()
    works_in_care = box_field(
        _("I work in health or care"),
        _("We take your word for it and ask for no proof. The post says that you said so."),
    )
    email = email_field(CONFIRM)
    field_order = (
        *("text", "kind", "theme", "signed", "display_name", "role", "works_in_care"),
        *("organisation", "chosen", "postcode", "show", "email", "form_key"),
    )

    def __init__(self, *given: Any, signed_in: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["theme"].queryset = Theme.objects.open()
        self.fields["show"].initial = Show.NONE
        self.fields["organisation"].required = False
        if signed_in:
            del self.fields["email"]

    def missing(self, given: dict):
        if given.get("signed") == Signed.ANONYMOUS:
            # It is shown in the region that is known, and where none is, in none.
            place, organisation = given["place"], given.get("organisation")
            known = (place and place.region) or (organisation and organisation.region)
            shown = given.get("show") not in (None, Show.NONE) and known
            given["show"] = Show.REGION if shown else Show.NONE
            return
        yield from super().missing(given)


class ReplyForm(Wordy):
    """A reply, and of whom."""

    text = words_field(_("Your reply"), LONGEST_REPLY, rows=4)
    signed = signed_field()
    display_name = name_field()
    role = role_field()
    email = email_field(CONFIRM)
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    form_key = key_field()

    def __init__(self, *given: Any, signed_in: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        if signed_in:
            del self.fields["email"]


class RewordForm(Wordy):
    """The new wording of a post or a reply; `most` is how long it may be."""

    text = words_field(_("What do you want to say?"), LONGEST_REPLY, rows=4)

    def __init__(self, *given: Any, most: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["text"].max_length = most
        self.fields["text"].widget.attrs["maxlength"] = most

    def clean_text(self) -> str:
        text = super().clean_text()
        most = self.fields["text"].max_length
        if len(text) > most:
            raise forms.ValidationError(_("Use %(most)d characters at most"), params={"most": most})
        return text
