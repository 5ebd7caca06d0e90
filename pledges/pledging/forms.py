"""The form of a new pledge."""

import datetime
from collections.abc import Iterator

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.fields import box_field, email_field, text_field, wide
from pledges.pledging.location_form import PlacedForm, Show
from pledges.pledging.models import Pledge, Theme

LATEST = datetime.timedelta(days=5 * 366)

Who, IAm = Pledge.Who, Pledge.IAm
WHO = (
    (Who.PERSON, _("I do")),
    (Who.TEAM, _("My team")),
    (Who.ORGANISATION, _("My whole organisation")),
)
I_AM = (
    (IAm.NHS, _("I work in the NHS")),
    (IAm.ALONGSIDE, _("I work alongside the NHS")),
    (IAm.PATIENT, _("I am a patient or carer")),
    (IAm.PUBLIC, _("I am a member of the public")),
)


class PledgeForm(PlacedForm):
    """What somebody will do, for whom, and where others may see it."""

    unknown = _(
        "We do not know this organisation. Try a part of its name, or its code, or say that it is"
        " not in the list."
    )
    # What is not listed is read before the words of the organisation, whose meaning it changes.
    field_order = (
        *("text", "theme", "i_am", "display_name", "who", "team", "not_listed"),
        *("organisation", "chosen", "postcode", "show", "due", "contactable", "email", "form_key"),
    )

    text = text_field()
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("What is it about?"),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about")},
    )
    i_am = forms.TypedChoiceField(
        choices=I_AM,
        label=_("Who are you?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are")},
    )
    display_name = forms.CharField(
        label=_("Name to show (optional)"),
        help_text=_("Others will see it. Without a name it says “Someone”."),
        max_length=100,
        required=False,
        widget=wide(autocomplete="given-name"),
    )
    who = forms.TypedChoiceField(
        choices=WHO,
        label=_("Who makes this pledge?"),
        coerce=int,
        initial=Who.PERSON,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who makes this pledge")},
    )
    team = forms.CharField(
        label=_("Name of the team"),
        help_text=_("For example “Ward 6”. Only if a team makes this pledge."),
        max_length=100,
        required=False,
        widget=wide(),
    )
    not_listed = box_field(
        _("It is not in the list"),
        _(
            "We keep the name as you write it, and add the organisation. Until then your pledge is"
            " shown without it; one for the whole organisation is not shown yet."
        ),
    )
    due = forms.DateField(
        label=_("By when? (optional)"),
        required=False,
        widget=forms.DateInput(
            {"type": "date", "class": "nhsuk-input nhsuk-input--width-10"}, format="%Y-%m-%d"
        ),
        error_messages={"invalid": _("Enter a day, for example 2027-03-01")},
    )
    contactable = box_field(
        _("Let others write to me through Changemap"), _("Nobody sees your address.")
    )
    email = email_field(_("We send you a code to confirm. Nobody else will see the address."))

    def __init__(self, *given, signed_in: bool = False, **more) -> None:
        super().__init__(*given, **more)
        if signed_in:
            del self.fields["email"]

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_due(self) -> datetime.date | None:
        day, today = self.cleaned_data["due"], timezone.localdate()
        if day and not today <= day <= today + LATEST:
            raise forms.ValidationError(_("Choose a day from today to five years from now"))
        return day

    def clean(self) -> dict:
        # Before the rest, which asks whether there is a name.
        typed = " ".join(self.data.get("organisation", "").split())
        self.cleaned_data["unlisted"] = typed if self.cleaned_data.get("not_listed") else ""
        return super().clean()

    def missing(self, given: dict) -> Iterator[tuple[str, str | Promise]]:
        show, named = given.get("show"), given.get("organisation") or given["unlisted"]
        if given.get("not_listed") and not named:
            yield "organisation", _("Enter the name of the organisation")
        if given.get("who") in (Who.TEAM, Who.ORGANISATION) and not named:
            yield "organisation", _("Enter the organisation")
        if given.get("who") == Who.TEAM and not given.get("team"):
            yield "team", _("Enter the name of the team")
        if show == Show.ORGANISATION and given["unlisted"]:
            yield (
                "show",
                _("We do not know yet where this organisation is. Choose another way to show it."),
            )
            return
        yield from super().missing(given)
