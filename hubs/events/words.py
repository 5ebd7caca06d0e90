"""Words that people type about events, as they are kept: no character that mails, calendars or
tables would read as their own."""

import re

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# All that steers instead of being read, and what turns the direction of writing.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
NO_ADDRESS = _("Enter an address that begins with https://")


def line(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text).split())


def paragraphs(text: str) -> str:
    """Lines with single spaces, and at most one empty line between them."""
    lines = [line(part) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


class Line(forms.CharField):
    """A text of one line."""

    def to_python(self, value: object) -> str:
        return line(super().to_python(value))


class Paragraphs(forms.CharField):
    """A text of several lines."""

    def to_python(self, value: object) -> str:
        return paragraphs(super().to_python(value))


class SafeAddress(forms.URLField):
    """A web address, encrypted on its way: https alone."""

    def __init__(self, **options) -> None:
        messages = {"invalid": NO_ADDRESS, **options.pop("error_messages", {})}
        super().__init__(assume_scheme="https", error_messages=messages, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not value.startswith("https://"):
            raise forms.ValidationError(NO_ADDRESS)


def text_input(**attributes: str | Promise) -> forms.TextInput:
    return forms.TextInput({"class": "nhsuk-input", **attributes})


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea({"class": "nhsuk-textarea", "rows": rows})


def short_input(kind: str, **attributes: str) -> forms.TextInput:
    found = forms.TextInput({"class": "nhsuk-input nhsuk-input--width-10", **attributes})
    found.input_type = kind
    return found
