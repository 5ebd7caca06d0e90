"""The form of a story: what happened, what difference it made, perhaps a picture."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from geo.uploads.fields import UploadField
from pledges.fields import wide


def _words(label, hint, most: int, rows: int, **more) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(
            {"rows": rows, "class": "nhsuk-textarea", "data-decency": reverse_lazy("check-words")}
        ),
        **more,
    )


class StoryForm(forms.Form):
    """`cleaned_data["picture"]` is a checked file, or None."""

    text = _words(
        _("What happened?"),
        _("In your own words. Others will read it, so name no patient and nobody else."),
        3000,
        8,
        min_length=5,
        error_messages={
            "required": _("Write what happened"),
            "min_length": _("Write a little more about what happened"),
            "max_length": _("Use 3,000 characters at most"),
        },
    )
    difference = _words(
        _("What difference did it make? (optional)"),
        _("For whom, and how you know."),
        1000,
        4,
        required=False,
        error_messages={"max_length": _("Use 1,000 characters at most")},
    )
    picture = UploadField(label=_("A picture (optional)"), required=False)
    picture_alt = forms.CharField(
        label=_("What is to be seen in the picture?"),
        help_text=_("For those who cannot see it. Needed if there is a picture."),
        max_length=200,
        required=False,
        widget=wide(),
        error_messages={"max_length": _("Use 200 characters at most")},
    )

    def __init__(self, *given, has_picture: bool = False, **more) -> None:
        super().__init__(*given, **more)
        self.has_picture = has_picture
        if has_picture:
            self.fields["without_picture"] = forms.BooleanField(
                label=_("Remove the picture that is there"),
                required=False,
                widget=forms.CheckboxInput({"class": "nhsuk-checkboxes__input"}),
            )

    def clean_picture_alt(self) -> str:
        return " ".join(self.cleaned_data["picture_alt"].split())

    def clean(self) -> dict:
        given = super().clean()
        stays = self.has_picture and not given.get("without_picture")
        if (given.get("picture") or stays) and not given.get("picture_alt"):
            self.add_error("picture_alt", _("Say what is to be seen in the picture"))
        return given
