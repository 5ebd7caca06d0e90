"""The forms of events: what organisers write, and what visitors fill in."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from geo.core.errors import GeoError
from geo.geocoding import chain
from hubs.conversation.answering.forms import post_meant
from hubs.conversation.models.posts import Post
from hubs.events.fields import (
    Line,
    Paragraphs,
    SafeAddress,
    TimesForm,
    line,
    short_input,
)
from hubs.events.models import Announcement, Event, EventLink, Question
from hubs.hub.forms import textarea
from hubs.hub.models import Hub
from pledges.fields import email_field, wide

EVENT_SLUG = re.compile(r"(?:.*/events/)?([a-z0-9-]{1,80})/?")


class RegisterForm(forms.Form):
    """Who comes, and their answers to the organiser's questions."""

    name = Line(
        label=_("Your name"),
        help_text=_("For the organisers alone"),
        max_length=100,
        widget=wide(autocomplete="name"),
        error_messages={"required": _("Enter your name")},
    )
    email = email_field(_("We send you a code to confirm, and your place. For organisers alone."))

    def __init__(self, *given: Any, event: Event, signed_in: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if signed_in:
            del self.fields["email"]
        self.questions = list(event.questions.all())
        for question in self.questions:
            self.fields[_name(question)] = _field(question)

    def answers(self) -> dict[Question, str]:
        return {question: self.cleaned_data[_name(question)] for question in self.questions}

    def question_fields(self) -> list[forms.BoundField]:
        return [self[_name(question)] for question in self.questions]


def _name(question: Question) -> str:
    return f"answer_{question.pk}"


def _field(question: Question) -> forms.Field:
    optional = "" if question.required else _("(optional)")
    label = f"{question.text} {optional}".strip()
    required = _("Answer: %(question)s") % {"question": question.text}
    if question.choices:
        return forms.ChoiceField(
            label=label,
            required=question.required,
            choices=[("", _("Choose one")), *((choice, choice) for choice in question.choices)],
            widget=forms.Select({"class": "nhsuk-select"}),
            error_messages={
                "required": required,
                "invalid_choice": _("Choose one of the answers"),
            },
        )
    return Line(
        label=label,
        required=question.required,
        max_length=500,
        widget=wide(),
        error_messages={"required": required},
    )


class CodeForm(forms.Form):
    """A code at the door."""

    code = Line(
        label=_("Code"),
        help_text=_("6 letters and digits, from the mail or the page of the place"),
        max_length=20,
        widget=short_input("text", autocomplete="off", autocapitalize="characters"),
        error_messages={"required": _("Enter the code")},
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "").replace("-", "").upper()


class AnnouncementForm(forms.Form):
    """What organisers write to everybody at an event."""

    to = forms.ChoiceField(
        choices=Announcement.To.choices,
        label=_("To"),
        initial=Announcement.To.PLACED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gets it")},
    )
    subject = Line(
        label=_("Subject"),
        max_length=120,
        widget=wide(),
        error_messages={"required": _("Enter a subject")},
    )
    text = Paragraphs(
        label=_("Message"),
        max_length=4000,
        widget=textarea(8),
        error_messages={"required": _("Write the message")},
    )


class LinkForm(forms.Form):
    """Slides, a recording, something to read."""

    kind = forms.ChoiceField(
        choices=EventLink.Kind.choices,
        label=_("What is it?"),
        widget=forms.Select({"class": "nhsuk-select"}),
    )
    title = Line(
        label=_("Title of the link"),
        max_length=120,
        widget=wide(),
        error_messages={"required": _("Enter a title for the link")},
    )
    address = SafeAddress(
        label=_("Address"),
        max_length=500,
        widget=wide(spellcheck="false", inputmode="url"),
        error_messages={"required": _("Enter the address of the link")},
    )


class PostLookupForm(forms.Form):
    """A post of the conversation that an event is about."""

    post = Line(
        label=_("Which post?"),
        help_text=_("Its address or number"),
        max_length=300,
        widget=wide(spellcheck="false"),
        error_messages={"required": _("Enter the address or number of a post")},
    )

    def clean_post(self) -> Post:
        found = post_meant(self.cleaned_data["post"])
        if found is None:
            raise forms.ValidationError(_("Enter the address or number of a post in view"))
        return found


class EventLookupForm(forms.Form):
    """An event at which a post is talked about."""

    event = Line(
        label=_("Another event"),
        help_text=_("Its address"),
        max_length=300,
        widget=wide(spellcheck="false", inputmode="url"),
        error_messages={"required": _("Enter the address of an event")},
    )

    def clean_event(self) -> Event:
        slug = EVENT_SLUG.fullmatch(self.cleaned_data["event"])
        found = Event.objects.public().filter(slug=slug[1]).first() if slug else None
        if found is None:
            raise forms.ValidationError(_("Enter the address of an event"))
        return found


ONLINE, PLACE = "online", "place"
MOST_CHOICES, LONGEST_CHOICE = 10, 100


class EventForm(TimesForm):
    """What, when, where, for how many, and the questions to whoever registers.

    `fields_of_event` and `questions` are the arguments of `hubs.events.actions`.
    """

    title = Line(
        label=_("Title"),
        max_length=120,
        min_length=5,
        widget=wide(),
        error_messages={
            "required": _("Enter a title"),
            "min_length": _("Enter a longer title"),
            "max_length": _("Use 120 characters at most for the title"),
        },
    )
    kind = forms.ChoiceField(
        choices=Event.Kind.choices,
        label=_("Kind"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of event")},
    )
    hub = forms.ModelChoiceField(
        Hub.objects.none(),
        label=_("Whose event is it?"),
        to_field_name="slug",
        widget=forms.Select({"class": "nhsuk-select"}),
        error_messages={
            "required": _("Choose a hub"),
            "invalid_choice": _("Choose one of your own hubs"),
        },
    )
    description = Paragraphs(
        label=_("What is it about? (optional)"),
        max_length=4000,
        required=False,
        widget=textarea(8),
        error_messages={"max_length": _("Use 4,000 characters at most")},
    )
    where = forms.ChoiceField(
        choices=((PLACE, _("At a place")), (ONLINE, _("Online"))),
        label=_("Where is it?"),
        initial=PLACE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it is")},
    )
    place = Line(
        label=_("Name and address of the place"),
        help_text=_("For example “Room 4, Town Hall, High Street, Alderham”"),
        max_length=200,
        required=False,
        widget=wide(),
    )
    found_by = Line(
        label=_("Where that is on the map"),
        help_text=_("Its postcode; or an organisation, a town, or latitude and longitude"),
        max_length=100,
        required=False,
        widget=wide(autocomplete="off", spellcheck="false"),
    )
    join_link = SafeAddress(
        label=_("Link to join (optional)"),
        help_text=_("Only people who have a place ever see it. You can add it later."),
        max_length=500,
        required=False,
        widget=wide(spellcheck="false", inputmode="url"),
    )
    capacity = forms.IntegerField(
        label=_("Places (optional)"),
        help_text=_("Beyond them people wait, and move up by themselves. Without: no limit."),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=short_input("text", inputmode="numeric"),
        error_messages={
            "invalid": _("Enter a whole number of places"),
            "min_value": _("Enter a number of places from 1 to 100,000"),
            "max_value": _("Enter a number of places from 1 to 100,000"),
        },
    )

    def __init__(self, *given: Any, hubs: Iterable[Hub], national: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        hub = cast(forms.ModelChoiceField, self.fields["hub"])
        hub.queryset = Hub.objects.filter(pk__in=[one.pk for one in hubs])
        hub.required = not national
        hub.empty_label = _("National, of no hub") if national else _("Choose a hub")
        for number in range(1, Question.MOST + 1):
            self.fields.update(_question_fields(number))

    @classmethod
    def initial_of(cls, event: Event) -> dict[str, object]:
        found = {
            name: getattr(event, name)
            for name in ("title", "kind", "description", "place", "found_by", "join_link")
        }
        found |= {"capacity": event.capacity, "where": ONLINE if event.online else PLACE}
        found |= {"hub": event.hub.slug if event.hub else "", **cls.times_of(event)}
        for number, question in enumerate(event.questions.all(), 1):
            found[f"question_{number}"] = question.text
            found[f"choices_{number}"] = "\n".join(question.choices)
            found[f"required_{number}"] = question.required
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["found"] = None
        if given.get("where") == PLACE:
            if not given.get("place"):
                self.add_error("place", _("Enter the name and address of the place"))
            self._find(given)
        for number in range(1, Question.MOST + 1):
            if given.get(f"choices_{number}") and not given.get(f"question_{number}"):
                self.add_error(f"question_{number}", _("Enter the question for these choices"))
        return given

    def _find(self, given: dict[str, Any]) -> None:
        words = given.get("found_by")
        if not words:
            self.add_error("found_by", _("Enter its postcode, or where else it is on the map"))
            return
        try:
            found = chain.locate(words)
        except GeoError as error:
            self.add_error("found_by", error.description)
            return
        if found.region is None:
            self.add_error("found_by", _("This map does not reach there"))
        given["found"] = found

    def fields_of_event(self) -> dict[str, object]:
        given, found = self.cleaned_data, self.cleaned_data["found"]
        names = ("title", "kind", "hub", "description", "starts_at", "ends_at", "capacity")
        fields = {name: given[name] for name in (*names, "opens_at", "closes_at")}
        online = given["where"] == ONLINE
        fields |= {
            "online": online,
            "join_link": given["join_link"] if online else "",
            "place": "" if online else given["place"],
            "found_by": "" if online else given["found_by"],
            "location": found.location if found else None,
            "district": found.district if found else None,
            "region": found.region if found else None,
        }
        return fields

    def questions(self) -> list[Question]:
        """The questions in their order; one worded as before keeps its answers."""
        known = {q.text: q for q in self.event.questions.all()} if self.event else {}
        found = []
        for number in range(1, Question.MOST + 1):
            if text := self.cleaned_data[f"question_{number}"]:
                question = known.pop(text, None) or Question(text=text)
                question.choices = self.cleaned_data[f"choices_{number}"]
                question.required = self.cleaned_data[f"required_{number}"]
                found.append(question)
        return found

    @property
    def has_questions(self) -> bool:
        """Whether there is a question to be seen, or an error at one."""
        names = [f"{name}_{n}" for name in ("question", "choices") for n in range(1, 6)]
        return any(self[name].value() or self[name].errors for name in names)

    def question_rows(self) -> Iterator[dict[str, int | forms.BoundField]]:
        for number in range(1, Question.MOST + 1):
            yield {
                "number": number,
                **{name: self[f"{name}_{number}"] for name in ("question", "choices", "required")},
            }


class Choices(forms.Field):
    """The choices of a question, one on each line. Its value is a list without repetitions."""

    def to_python(self, value: str | None) -> list[str]:
        lines = (line(part) for part in (value or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value: list[str]) -> None:
        if value and not 2 <= len(value) <= MOST_CHOICES:
            raise forms.ValidationError(_("Enter 2 to 10 choices, one on each line"))
        if any(len(choice) > LONGEST_CHOICE for choice in value):
            raise forms.ValidationError(_("Use 100 characters at most for a choice"))


def _question_fields(number: int) -> dict[str, forms.Field]:
    values = {"number": number}
    return {
        f"question_{number}": Line(
            label=_("Question %(number)s") % values,
            max_length=200,
            required=False,
            widget=wide(),
        ),
        f"choices_{number}": Choices(
            label=_("Choices for question %(number)s (optional)") % values,
            help_text=_("One on each line. Without choices the answer is a short text."),
            required=False,
            widget=textarea(3),
        ),
        f"required_{number}": forms.BooleanField(
            label=_("Question %(number)s must be answered") % values,
            required=False,
            widget=forms.CheckboxInput({"class": "nhsuk-checkboxes__input"}),
        ),
    }
