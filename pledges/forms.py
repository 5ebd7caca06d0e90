"""The form of a new pledge."""

import datetime
import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.errors import GeoError
from geo.geocoding import postal
from geo.geocoding.places import Match
from geo.geocoding.reading import read
from geo.reads import bounded
from pledges import search
from pledges.fields import box_field, email_field, text_field, wide
from pledges.models import Organisation, Pledge, Theme

CHOICES_OF_ORGANISATION = 8
LATEST = datetime.timedelta(days=5 * 366)

Show, Who, IAm = Pledge.Show, Pledge.Who, Pledge.IAm
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
SHOW = (
    (Show.ORGANISATION, _("At the organisation")),
    (Show.OUTCODE, _("Somewhere in the first half of my postcode")),
    (Show.REGION, _("In my region, not on the map")),
    (Show.NONE, _("In lists alone, without a place")),
)


class PledgeForm(forms.Form):
    """What somebody will do, for whom, and where others may see it.

    After `is_valid`, `cleaned_data` holds `organisation` (Organisation or None) and `place`
    (Match or None). `choices` are organisations that the words given may have meant.
    """

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
    # Read before the words of the organisation, whose meaning it changes.
    not_listed = box_field(
        _("It is not in the list"),
        _(
            "We keep the name as you write it, and add the organisation. Until then your pledge is"
            " shown without it; one for the whole organisation is not shown yet."
        ),
    )
    organisation = forms.CharField(
        label=_("Organisation (optional)"),
        help_text=_("Its name, a part of it, or its code"),
        max_length=200,
        required=False,
        widget=wide(autocomplete="off", spellcheck="false"),
    )
    # Which of several, when the words alone did not say.
    chosen = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    postcode = forms.CharField(
        label=_("Your postcode"),
        help_text=_("Or its first half, for example SO14. The whole postcode is not kept."),
        max_length=20,
        required=False,
        widget=forms.TextInput(
            {
                "class": "nhsuk-input nhsuk-input--width-10",
                "autocomplete": "postal-code",
                "spellcheck": "false",
            }
        ),
    )
    show = forms.TypedChoiceField(
        choices=SHOW,
        label=_("Where may others see it?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where others may see it")},
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
    # Written by us, so whatever else stands there is no reason to refuse the form.
    form_key = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)

    def __init__(self, *given, signed_in: bool = False, **more) -> None:
        super().__init__(*given, **more)
        self.choices: list[Organisation] = []
        if signed_in:
            del self.fields["email"]

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_form_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()

    def clean_due(self) -> datetime.date | None:
        day, today = self.cleaned_data["due"], timezone.localdate()
        if day and not today <= day <= today + LATEST:
            raise forms.ValidationError(_("Choose a day from today to five years from now"))
        return day

    def clean_organisation(self) -> Organisation | None:
        words = self.cleaned_data["organisation"]
        if not words or self.cleaned_data.get("not_listed"):
            return None
        found = _organisations(words)
        # The choice belongs to these words: others may be typed after it.
        picked = [one for one in found if one.public_code == self.data.get("chosen")]
        exact = [one for one in found if words.casefold() in (one.name.casefold(), _code(one))]
        sure = picked or (exact if len(exact) == 1 else found if len(found) == 1 else [])
        if sure:
            return sure[0]
        self.choices = found
        if found:
            raise forms.ValidationError(_("Choose which organisation you mean"))
        raise forms.ValidationError(
            _(
                "We do not know this organisation. Try a part of its name, or its code, or say"
                " that it is not in the list."
            )
        )

    def clean(self) -> dict:
        given = super().clean()
        typed = " ".join(self.data.get("organisation", "").split())
        given["unlisted"] = typed if given.get("not_listed") else ""
        try:
            given["place"] = _place(given.get("postcode", ""))
        except GeoError as error:
            given["place"] = None
            self.add_error("postcode", error.description)
        for name, message in self._missing(given):
            if name not in self.errors:
                self.add_error(name, message)
        return given

    def _missing(self, given: dict):
        """What the choices ask for and is not there: (field, message)."""
        show, organisation, place = given.get("show"), given.get("organisation"), given["place"]
        named = organisation or given["unlisted"]
        if given.get("not_listed") and not named:
            yield "organisation", _("Enter the name of the organisation")
        if given.get("postcode") and not place:
            yield (
                "postcode",
                _("We do not know this postcode. Try its first half, for example SO14"),
            )
        if given.get("who") in (Who.TEAM, Who.ORGANISATION) and not named:
            yield "organisation", _("Enter the organisation")
        if given.get("who") == Who.TEAM and not given.get("team"):
            yield "team", _("Enter the name of the team")
        if show == Show.ORGANISATION and given["unlisted"]:
            yield (
                "show",
                _("We do not know yet where this organisation is. Choose another way to show it."),
            )
        elif show == Show.ORGANISATION and not organisation:
            yield "organisation", _("Enter the organisation where others may see it")
        if show == Show.ORGANISATION and organisation and not organisation.location:
            yield "show", _("This organisation is not on the map. Choose another way to show it.")
        if show in (Show.OUTCODE, Show.REGION) and not place:
            yield "postcode", _("Enter your postcode, or its first half")
        if show in (Show.OUTCODE, Show.REGION) and place and not place.region:
            yield "postcode", _("This map does not reach there. Enter a postcode of the UK.")


def _code(organisation: Organisation) -> str:
    return organisation.public_code.casefold()


def _organisations(words: str) -> list[Organisation]:
    found = search.organisations(words, CHOICES_OF_ORGANISATION)
    return [organisation for organisation in found if not organisation.closed] or found


def _place(words: str) -> Match | None:
    """The postcode, or a part of one; it is asked of our own tables and leaves the site nowhere."""
    if not words:
        return None
    with bounded():
        return next(iter(postal.find(read(words))), None)
