"""Fields of the forms of events: the times of an event, text of one line or several, addresses."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.events.models import Event
from hubs.events.times import AmbiguousTime, NonexistentTime, is_ambiguous, local, moment

LATEST = datetime.timedelta(days=3 * 366)
LONGEST = datetime.timedelta(days=14)
FIRST, SECOND = "first", "second"
WHICH = (
    ("", _("Choose one")),
    (FIRST, _("The first, in summer time (BST)")),
    (SECOND, _("The second, in winter time (GMT)")),
)
NEVER = _("The clocks go forward then, so this time does not exist on that day")
TWICE = _("The clocks go back then, so this time comes twice: choose which one you mean")


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(
        {"type": "date", "class": "nhsuk-input nhsuk-input--width-10"}, format="%Y-%m-%d"
    )
    return forms.DateField(
        widget=widget,
        error_messages={
            "required": _("Enter the day"),
            "invalid": _("Enter a day, for example 2027-03-01"),
        },
        **options,
    )


def _time_field(**options: Any) -> forms.TimeField:
    widget = forms.TimeInput(
        {"type": "time", "class": "nhsuk-input nhsuk-input--width-10"}, format="%H:%M"
    )
    return forms.TimeField(
        widget=widget,
        error_messages={
            "required": _("Enter the time"),
            "invalid": _("Enter a time, for example 14:30"),
        },
        **options,
    )


def _which(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=WHICH, required=False, widget=forms.Select({"class": "nhsuk-select"}), **options
    )


def _moment(**options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(
        {"type": "datetime-local", "class": "nhsuk-input nhsuk-input--width-20"},
        format="%Y-%m-%dT%H:%M",
    )
    return forms.DateTimeField(
        required=False,
        widget=widget,
        error_messages={"invalid": _("Enter a day and a time, for example 2027-03-01 14:30")},
        **options,
    )


class TimesForm(forms.Form):
    """After `is_valid`, `cleaned_data` holds `starts_at` and `ends_at` (UTC).

    `ambiguous` names the fields that ask which of two equal times is meant; only then they show.
    """

    day = _day(label=_("Day"))
    start = _time_field(
        label=_("From"),
        help_text=_("As clocks in the United Kingdom show it"),
    )
    which_start = _which(label=_("Which of the two does it begin at?"))
    last_day = _day(
        label=_("Last day (optional)"),
        required=False,
        help_text=_("If it ends on another day"),
    )
    end = _time_field(label=_("To"))
    which_end = _which(label=_("Which of the two does it end at?"))
    opens_at = _moment(
        label=_("Registration opens (optional)"),
        help_text=_("Without it: once it is published"),
    )
    closes_at = _moment(
        label=_("Registration closes (optional)"),
        help_text=_("Without it: when it begins"),
    )

    def __init__(self, *given: Any, event: Event | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        self.event = event
        values = self.data if self.is_bound else self.initial
        self.ambiguous = {name for name in ("which_start", "which_end") if values.get(name)}

    @staticmethod
    def times_of(event: Event) -> dict[str, object]:
        """The initial values of the form that edits an event."""
        start, end = local(event.starts_at), local(event.ends_at)
        found: dict[str, object] = {"day": start.date(), "start": start.time(), "end": end.time()}
        if end.date() != start.date():
            found["last_day"] = end.date()
        for name, at in (("which_start", event.starts_at), ("which_end", event.ends_at)):
            if is_ambiguous(at):
                found[name] = SECOND if local(at).fold else FIRST
        return {**found, "opens_at": event.opens_at, "closes_at": event.closes_at}

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        start = self._at("day", "start", "which_start", given.get("day"))
        end = self._at("last_day", "end", "which_end", given.get("last_day") or given.get("day"))
        if start and end:
            self._check_span(start, end)
        given["starts_at"], given["ends_at"] = start, end
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if start and opens and opens >= start:
            self.add_error("opens_at", _("Registration must open before the event begins"))
        if start and closes and closes > start:
            self.add_error("closes_at", _("Registration must close before the event begins"))
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("Registration must close after it opens"))
        return given

    def _at(
        self, day_field: str, field: str, which: str, day: datetime.date | None
    ) -> datetime.datetime | None:
        time, later = self.cleaned_data.get(field), self.cleaned_data.get(which)
        if day is None or time is None:
            return None
        if not 2000 <= day.year <= 2200:
            self.add_error(day_field, _("Choose a day from today to three years from now"))
            return None
        try:
            return moment(day, time, later == SECOND if later else None)
        except NonexistentTime:
            self.add_error(field, NEVER)
        except AmbiguousTime:
            self.ambiguous.add(which)
            self.add_error(which, TWICE)
        return None

    def _check_span(self, start: datetime.datetime, end: datetime.datetime) -> None:
        now = timezone.now()
        moved = self.event is None or self.event.starts_at != start
        if moved and not now < start <= now + LATEST:
            self.add_error("day", _("Choose a day from today to three years from now"))
        if end <= start:
            self.add_error("end", _("It must end after it begins"))
        elif end - start > LONGEST:
            self.add_error("last_day", _("It must end within two weeks"))


# Control characters, and those that change the direction of writing.
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
        return line(super().to_python(value) or "")


class Paragraphs(forms.CharField):
    """A text of several lines."""

    def to_python(self, value: object) -> str:
        return paragraphs(super().to_python(value) or "")


class SafeAddress(forms.URLField):
    """A web address of the scheme https."""

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": NO_ADDRESS, **options.pop("error_messages", {})}
        super().__init__(assume_scheme="https", error_messages=messages, **options)

    def validate(self, value: str | None) -> None:
        super().validate(value)
        if value and not value.startswith("https://"):
            raise forms.ValidationError(NO_ADDRESS)


def short_input(kind: str, **attributes: str) -> forms.TextInput:
    found = forms.TextInput({"class": "nhsuk-input nhsuk-input--width-10", **attributes})
    found.input_type = kind
    return found
