"""The part of a form that says where others may see what is written."""

import uuid
from collections.abc import Iterator

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo.core.errors import GeoError
from geo.core.timeouts import bounded
from geo.geocoding import postcodes
from geo.geocoding.parsing import parse
from geo.geocoding.results import Match
from pledges.fields import wide
from pledges.organisations import search
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge

CHOICES_OF_ORGANISATION = 8
Show = Pledge.Show
SHOW = (
    (Show.ORGANISATION, _("At the organisation")),
    (Show.OUTCODE, _("Somewhere in the first half of my postcode")),
    (Show.REGION, _("In my region, not on the map")),
    (Show.NONE, _("In lists alone, without a place")),
)


class PlacedForm(forms.Form):
    """An organisation, a postcode, and where of these something is shown.

    After `is_valid`, `cleaned_data` holds `organisation` (Organisation or None) and `place`
    (Match or None). `choices` are organisations that the words given may have meant.
    """

    unknown = _("We do not know this organisation. Try a part of its name, or its code.")

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
    # Written by us, so whatever else stands there is no reason to refuse the form.
    form_key = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)

    def __init__(self, *given, **more) -> None:
        super().__init__(*given, **more)
        self.choices: list[Organisation] = []

    def clean_form_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()

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
        raise forms.ValidationError(self.unknown)

    def clean(self) -> dict:
        given = super().clean()
        try:
            given["place"] = _place(given.get("postcode", ""))
        except GeoError as error:
            given["place"] = None
            self.add_error("postcode", error.description)
        if given.get("postcode") and not given["place"] and "postcode" not in self.errors:
            self.add_error(
                "postcode",
                _("We do not know this postcode. Try its first half, for example SO14"),
            )
        for name, message in self.missing(given):
            if name not in self.errors:
                self.add_error(name, message)
        return given

    def missing(self, given: dict) -> Iterator[tuple[str, str | Promise]]:
        """What the choices ask for and is not there: (field, message)."""
        show, organisation, place = given.get("show"), given.get("organisation"), given["place"]
        if show == Show.ORGANISATION and not organisation:
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
        return next(iter(postcodes.find(parse(words))), None)
