"""The small forms of events: to register, to check in, to write to all, to leave a link."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.conversation.desk_forms import post_meant
from hubs.conversation.models import Post
from hubs.events.words import Line, Paragraphs, SafeAddress, short_input, text_area, text_input
from hubs.models import Announcement, Event, EventLink, Question
from pledges.fields import email_field

SLUG = re.compile(r"(?:.*/events/)?([a-z0-9-]{1,80})/?")


class RegisterForm(forms.Form):
    """Who comes, and their answers to the organiser's questions."""

    name = Line(
        label=_("Your name"),
        help_text=_("For the organisers alone"),
        max_length=100,
        widget=text_input(autocomplete="name"),
        error_messages={"required": _("Enter your name")},
    )
    email = email_field(_("We send you a code to confirm, and your place. For organisers alone."))

    def __init__(self, *given, event: Event, signed_in: bool, **more) -> None:
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
    options = {"label": f"{question.text} {optional}".strip(), "required": question.required}
    if question.choices:
        return forms.ChoiceField(
            choices=[("", _("Choose one")), *((choice, choice) for choice in question.choices)],
            widget=forms.Select({"class": "nhsuk-select"}),
            error_messages={
                "required": _("Answer: %(question)s") % {"question": question.text},
                "invalid_choice": _("Choose one of the answers"),
            },
            **options,
        )
    return Line(
        max_length=500,
        widget=text_input(),
        error_messages={"required": _("Answer: %(question)s") % {"question": question.text}},
        **options,
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


class MessageForm(forms.Form):
    """What organisers write to everybody."""

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
        widget=text_input(),
        error_messages={"required": _("Enter a subject")},
    )
    text = Paragraphs(
        label=_("Message"),
        max_length=4000,
        widget=text_area(8),
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
        widget=text_input(),
        error_messages={"required": _("Enter a title for the link")},
    )
    address = SafeAddress(
        label=_("Address"),
        max_length=500,
        widget=text_input(spellcheck="false", inputmode="url"),
        error_messages={"required": _("Enter the address of the link")},
    )


class PostForm(forms.Form):
    """A post of the conversation that an event is about."""

    post = Line(
        label=_("Which post?"),
        help_text=_("Its address or number"),
        max_length=300,
        widget=text_input(spellcheck="false"),
        error_messages={"required": _("Enter the address or number of a post")},
    )

    def clean_post(self) -> Post:
        found = post_meant(self.cleaned_data["post"])
        if found is None:
            raise forms.ValidationError(_("Enter the address or number of a post in view"))
        return found


class WhichEventForm(forms.Form):
    """An event at which a post is talked about."""

    event = Line(
        label=_("Another event"),
        help_text=_("Its address"),
        max_length=300,
        widget=text_input(spellcheck="false", inputmode="url"),
        error_messages={"required": _("Enter the address of an event")},
    )

    def clean_event(self) -> Event:
        slug = SLUG.fullmatch(self.cleaned_data["event"])
        found = Event.objects.public().filter(slug=slug[1]).first() if slug else None
        if found is None:
            raise forms.ValidationError(_("Enter the address of an event"))
        return found
