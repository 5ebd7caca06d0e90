"""The fields of a form that say when an event is, in London."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.events import london
from hubs.models import Event

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


def _day(**options) -> forms.DateField:
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


def _time(**options) -> forms.TimeField:
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
        error_messages={"invalid": _("Enter a day and a time, for example 2027-03-01 14:30")},
    )


class TimesForm(forms.Form):
    """After `is_valid`, `cleaned_data` holds `starts_at` and `ends_at` (UTC).

    `twice` names the fields that ask which of two is meant; they are shown only then.
    """

    day = _day(label=_("Day"))
    start = _time(label=_("From"), help_text=_("As clocks in the United Kingdom show it"))
    which_start = _which(_("Which of the two does it begin at?"))
    last_day = _day(
        label=_("Last day (optional)"), required=False, help_text=_("If it ends on another day")
    )
    end = _time(label=_("To"))
    which_end = _which(_("Which of the two does it end at?"))
    opens_at = _moment(_("Registration opens (optional)"), _("Without it: once it is published"))
    closes_at = _moment(_("Registration closes (optional)"), _("Without it: when it begins"))

    def __init__(self, *given, event: Event | None = None, **more) -> None:
        super().__init__(*given, **more)
        self.event = event
        self.twice = {name for name in ("which_start", "which_end") if self.data.get(name)}
        if event and not self.is_bound:
            self.twice |= {name for name in ("which_start", "which_end") if self.initial.get(name)}

    @staticmethod
    def times_of(event: Event) -> dict[str, object]:
        """The initial values for an event that is written anew."""
        start, end = london.local(event.starts_at), london.local(event.ends_at)
        found = {"day": start.date(), "start": start.time(), "end": end.time()}
        if end.date() != start.date():
            found["last_day"] = end.date()
        for name, at in (("which_start", event.starts_at), ("which_end", event.ends_at)):
            if london.comes_twice(at):
                found[name] = SECOND if london.local(at).fold else FIRST
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
            self.add_error("opens_at", _("Registration must open before the event begins"))
        if start and closes and closes > start:
            self.add_error("closes_at", _("Registration must close before the event begins"))
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("Registration must close after it opens"))
        return given

    def _at(self, day_field: str, field: str, which: str, day) -> datetime.datetime | None:
        time, later = self.cleaned_data.get(field), self.cleaned_data.get(which)
        if day is None or time is None:
            return None
        if not 2000 <= day.year <= 2200:
            self.add_error(day_field, _("Choose a day from today to three years from now"))
            return None
        try:
            return london.moment(day, time, later == SECOND if later else None)
        except london.NeverHappens:
            self.add_error(field, NEVER)
        except london.HappensTwice:
            self.twice.add(which)
            self.add_error(which, TWICE)
        return None

    def _look_at(self, start: datetime.datetime, end: datetime.datetime) -> None:
        now = timezone.now()
        moved = self.event is None or self.event.starts_at != start
        if moved and not now < start <= now + LATEST:
            self.add_error("day", _("Choose a day from today to three years from now"))
        if end <= start:
            self.add_error("end", _("It must end after it begins"))
        elif end - start > LONGEST:
            self.add_error("last_day", _("It must end within two weeks"))
