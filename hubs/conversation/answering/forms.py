"""The forms of those who answer."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.conversation import texts
from hubs.conversation.models.posts import LONGEST, Post
from hubs.conversation.models.private import Safeguarding
from hubs.conversation.models.replies import LONGEST as LONGEST_REPLY
from hubs.conversation.models.replies import Voice
from pledges.accounts.models import User
from pledges.moderation.forms import RADIOS, words_field

NUMBER = re.compile(r"(?:.*/talk/posts/)?#?([0-9]{1,18})/?\s*")


def post_meant(words: str) -> Post | None:
    """The post in view whose address or number this is."""
    found = NUMBER.fullmatch(words.strip())
    return Post.objects.public().filter(pk=int(found[1])).first() if found else None


class AnswerForm(forms.Form):
    """An official answer, as a draft or to be published."""

    text = words_field(
        _("Your answer"), LONGEST_REPLY, rows=6, hint=_("It is shown under the name below.")
    )
    voice = forms.TypedChoiceField(
        label=_("Who answers?"),
        coerce=lambda value: Voice(int(value)),
        widget=forms.RadioSelect(RADIOS),
        error_messages={"required": _("Choose who answers")},
    )

    def __init__(self, *given: Any, voices: list[Voice], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["voice"].choices = [(int(voice), voice.label) for voice in voices]

    def clean_text(self) -> str:
        text = texts.tidy(self.cleaned_data["text"])
        if not texts.says_something(text):
            raise forms.ValidationError(_("Write something first"))
        return text


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who answers it?"),
        required=False,
        empty_label=_("Nobody yet"),
        widget=forms.Select({"class": "nhsuk-select"}),
    )

    def __init__(self, *given: Any, people: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["to"].queryset = people
        self.fields["to"].label_from_instance = lambda person: person.name or person.email


class CloseForm(forms.Form):
    result = words_field(
        _("What came of it?"), LONGEST, hint=_("Everybody sees it. It takes no more replies.")
    )

    def clean_result(self) -> str:
        result = texts.tidy(self.cleaned_data["result"])
        if not texts.says_something(result):
            raise forms.ValidationError(_("Write something first"))
        return result


class MergeForm(forms.Form):
    """Which post says the same: its address or number."""

    into = forms.CharField(
        label=_("Which post says the same?"),
        help_text=_("Its address or number. Support, follows and replies move there."),
        max_length=300,
        widget=forms.TextInput({"class": "nhsuk-input"}),
        error_messages={"required": _("Enter the address or number of the other post")},
    )

    def __init__(self, *given: Any, post: Post, **more: Any) -> None:
        super().__init__(*given, **more)
        self.post = post

    def clean_into(self) -> Post:
        other = post_meant(self.cleaned_data["into"])
        if other is None or other.pk == self.post.pk:
            raise forms.ValidationError(_("Enter the address or number of another post in view"))
        return other


class SafeguardingForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Why must you know who wrote it?"),
        choices=Safeguarding.Ground.choices,
        widget=forms.RadioSelect(RADIOS),
        error_messages={"required": _("Choose why")},
    )
    words = words_field(
        _("What has happened, and what will you do?"),
        1000,
        hint=_("It is kept with your name, for whoever looks at this later."),
    )
