"""The forms of topics and area, of a rating with a comment, and of an edited comment."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from hubs.conversation.forms import Wordy, key_field, name_field, words_field
from hubs.conversation.models.themes import Theme as TalkTheme
from hubs.following.models import MAX_LENGTH
from pledges.fields import box_field
from pledges.pledging.models import Theme

STARS = (
    (5, _("5 – it helped a lot")),
    (4, _("4")),
    (3, _("3")),
    (2, _("2")),
    (1, _("1 – it did not help")),
)


class TopicsForm(forms.Form):
    """What somebody wants to hear of. `area` is a row, or None for the whole country."""

    pledge_themes = forms.MultipleChoiceField(label=_("Pledges about"), required=False)
    talk_themes = forms.MultipleChoiceField(label=_("The conversation about"), required=False)
    area = forms.CharField(label=_("Region or district"), max_length=9, required=False)
    newsletter = box_field(
        _("Send me a newsletter"),
        _(
            "Once a week at most, and only when there is something new. We first send a mail that"
            " asks you to confirm. Each newsletter has a link that ends it."
        ),
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.talk = {theme.slug: theme for theme in TalkTheme.objects.begun()}
        for name, found in (("pledge_themes", self.themes), ("talk_themes", self.talk)):
            field = cast(forms.MultipleChoiceField, self.fields[name])
            field.choices = [(theme.slug, theme.local_name) for theme in found.values()]

    def clean_pledge_themes(self) -> list[Theme]:
        return [self.themes[slug] for slug in self.cleaned_data["pledge_themes"]]

    def clean_talk_themes(self) -> list[TalkTheme]:
        return [self.talk[slug] for slug in self.cleaned_data["talk_themes"]]

    def clean_area(self) -> Area | None:
        code = self.cleaned_data["area"]
        if not code:
            return None
        kinds = (Area.Kind.REGION, Area.Kind.DISTRICT)
        rows = Area.objects.current().filter(kind__in=kinds, code=code)
        # Where a region and a district have one code, the region is the wider.
        found = rows.without_boundaries().order_by("-kind").first()
        if found is None:
            raise forms.ValidationError(_("Choose a region or district from the list"))
        return found

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        none = not (given.get("pledge_themes") or given.get("talk_themes"))
        if given.get("newsletter") and none and not self.errors:
            self.add_error("newsletter", _("Choose at least one topic for the newsletter"))
        return given


class FeedbackForm(Wordy):
    """A rating, a comment, or both. `stars` is a number, None where none was chosen."""

    stars = forms.TypedChoiceField(
        label=_("How useful is it?"),
        choices=STARS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    text = words_field(
        _("Your comment (optional)"),
        MAX_LENGTH,
        rows=4,
        required=False,
        help_text=_("Others will read it, so name no patient and nobody else."),
    )
    display_name = name_field()
    form_key = key_field()

    def clean_text(self) -> str:
        return super().clean_text() if self.cleaned_data["text"].strip() else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if not self.errors and not given["stars"] and not given["text"]:
            self.add_error("stars", _("Choose a rating, or write a comment"))
        return given


class CommentForm(Wordy):
    """The new text of a comment."""

    text = words_field(
        _("Your comment"),
        MAX_LENGTH,
        rows=4,
        help_text=_("Others will read it, so name no patient and nobody else."),
    )
    display_name = name_field()
