"""Fields of the forms of events: times in London over changes of the clocks, and safe text."""

import datetime
import re

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.core.functions import LONDON
from hubs.events.models import Event


class NeverHappens(ValueError):
    """The clocks go forward over this time of day: it does not exist."""


class HappensTwice(ValueError):
    """The clocks go back over this time of day: it is not clear which of the two is meant."""


def moment(day: datetime.date, time: datetime.time, later: bool | None = None) -> datetime.datetime:
    """Return the moment (UTC) of a day and a time in London.

    `later` says which of the two is meant in the hour that comes twice. Raises NeverHappens, or
    HappensTwice where `later` is not given.
    """
    first = datetime.datetime.combine(day, time, LONDON)
    second = first.replace(fold=1)
    back = first.astimezone(datetime.UTC).astimezone(LONDON)
    if back.replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NeverHappens
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(datetime.UTC)
    if later is None:
        raise HappensTwice
    return (second if later else first).astimezone(datetime.UTC)


def local(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(LONDON)


def comes_twice(at: datetime.datetime) -> bool:
    """Whether London's clocks show the time of this moment twice on its day."""
    here = local(at)
    return here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset()


def in_words(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """Return from when to when, in London; GMT or BST stand there when the clocks change."""
    start, end = timezone.localtime(starts_at, LONDON), timezone.localtime(ends_at, LONDON)
    zoned = start.utcoffset() != end.utcoffset() or comes_twice(starts_at) or comes_twice(ends_at)
    values = {
        "day": date_format(start, "l j F Y"),
        "last_day": date_format(end, "l j F Y"),
        "start": _time(start, zoned),
        "end": _time(end, zoned),
    }
    if start.date() == end.date():
        return _("%(day)s, %(start)s to %(end)s") % values
    return _("%(day)s, %(start)s to %(last_day)s, %(end)s") % values


def _time(at: datetime.datetime, zoned: bool) -> str:
    return date_format(at, "H:i") + (f" {at.tzname()}" if zoned else "")


LATEST = datetime.timedelta(days=3 * 366)
LONGEST = datetime.timedelta(days=14)
FIRST, SECOND = "first", "second"
WHICH = (
    ("", gettext_lazy("Choose one")),
    (FIRST, gettext_lazy("The first, in summer time (BST)")),
    (SECOND, gettext_lazy("The second, in winter time (GMT)")),
)
NEVER = gettext_lazy("The clocks go forward then, so this time does not exist on that day")
TWICE = gettext_lazy("The clocks go back then, so this time comes twice: choose which one you mean")


def _day(**options) -> forms.DateField:
    widget = forms.DateInput(
        {"type": "date", "class": "nhsuk-input nhsuk-input--width-10"}, format="%Y-%m-%d"
    )
    return forms.DateField(
        widget=widget,
        error_messages={
            "required": gettext_lazy("Enter the day"),
            "invalid": gettext_lazy("Enter a day, for example 2027-03-01"),
        },
        **options,
    )


def _time_field(**options) -> forms.TimeField:
    widget = forms.TimeInput(
        {"type": "time", "class": "nhsuk-input nhsuk-input--width-10"}, format="%H:%M"
    )
    return forms.TimeField(
        widget=widget,
        error_messages={
            "required": gettext_lazy("Enter the time"),
            "invalid": gettext_lazy("Enter a time, for example 14:30"),
        },
        **options,
    )


def _which(label) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=WHICH, required=False, label=label, widget=forms.Select({"class": "nhsuk-select"})
    )


def _moment(label, hint) -> forms.DateTimeField:
    widget = forms.DateTimeInput(
        {"type": "datetime-local", "class": "nhsuk-input nhsuk-input--width-20"},
        format="%Y-%m-%dT%H:%M",
    )
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        required=False,
        widget=widget,
        error_messages={
            "invalid": gettext_lazy("Enter a day and a time, for example 2027-03-01 14:30")
        },
    )


class TimesForm(forms.Form):
    """After `is_valid`, `cleaned_data` holds `starts_at` and `ends_at` (UTC).

    `twice` names the fields that ask which of two is meant; they are shown only then.
    """

    day = _day(label=gettext_lazy("Day"))
    start = _time_field(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("As clocks in the United Kingdom show it"),
    )
    which_start = _which(gettext_lazy("Which of the two does it begin at?"))
    last_day = _day(
        label=gettext_lazy("Last day (optional)"),
        required=False,
        help_text=gettext_lazy("If it ends on another day"),
    )
    end = _time_field(label=gettext_lazy("To"))
    which_end = _which(gettext_lazy("Which of the two does it end at?"))
    opens_at = _moment(
        gettext_lazy("Registration opens (optional)"),
        gettext_lazy("Without it: once it is published"),
    )
    closes_at = _moment(
        gettext_lazy("Registration closes (optional)"), gettext_lazy("Without it: when it begins")
    )

    def __init__(self, *given, event: Event | None = None, **more) -> None:
        super().__init__(*given, **more)
        self.event = event
        self.twice = {name for name in ("which_start", "which_end") if self.data.get(name)}
        if event and not self.is_bound:
            self.twice |= {name for name in ("which_start", "which_end") if self.initial.get(name)}

    @staticmethod
    def times_of(event: Event) -> dict[str, object]:
        """The initial values for an event that is written anew."""
        start, end = local(event.starts_at), local(event.ends_at)
        found = {"day": start.date(), "start": start.time(), "end": end.time()}
        if end.date() != start.date():
            found["last_day"] = end.date()
        for name, at in (("which_start", event.starts_at), ("which_end", event.ends_at)):
            if comes_twice(at):
                found[name] = SECOND if local(at).fold else FIRST
        return {**found, "opens_at": event.opens_at, "closes_at": event.closes_at}

    def clean(self) -> dict:
        given = super().clean()
        start = self._at("day", "start", "which_start", given.get("day"))
        end = self._at("last_day", "end", "which_end", given.get("last_day") or given.get("day"))
        if start and end:
            self._look_at(start, end)
        given["starts_at"], given["ends_at"] = start, end
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if start and opens and opens >= start:
            self.add_error(
                "opens_at", gettext_lazy("Registration must open before the event begins")
            )
        if start and closes and closes > start:
            self.add_error(
                "closes_at", gettext_lazy("Registration must close before the event begins")
            )
        if opens and closes and opens >= closes:
            self.add_error("closes_at", gettext_lazy("Registration must close after it opens"))
        return given

    def _at(self, day_field: str, field: str, which: str, day) -> datetime.datetime | None:
        time, later = self.cleaned_data.get(field), self.cleaned_data.get(which)
        if day is None or time is None:
            return None
        if not 2000 <= day.year <= 2200:
            self.add_error(
                day_field, gettext_lazy("Choose a day from today to three years from now")
            )
            return None
        try:
            return moment(day, time, later == SECOND if later else None)
        except NeverHappens:
            self.add_error(field, NEVER)
        except HappensTwice:
            self.twice.add(which)
            self.add_error(which, TWICE)
        return None

    def _look_at(self, start: datetime.datetime, end: datetime.datetime) -> None:
        now = timezone.now()
        moved = self.event is None or self.event.starts_at != start
        if moved and not now < start <= now + LATEST:
            self.add_error("day", gettext_lazy("Choose a day from today to three years from now"))
        if end <= start:
            self.add_error("end", gettext_lazy("It must end after it begins"))
        elif end - start > LONGEST:
            self.add_error("last_day", gettext_lazy("It must end within two weeks"))


# All that steers instead of being read, and what turns the direction of writing.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
NO_ADDRESS = gettext_lazy("Enter an address that begins with https://")


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
