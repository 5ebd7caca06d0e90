"""The filters of posts: one state for the feed, the map, tiles, files and the API."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Self

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from geo.core import params
from geo.core.filters import Filters
from geo.counts.spec import Spec
from hubs.conversation.models.posts import SPEC, Post
from hubs.conversation.models.themes import Theme
from pledges.filters import CountedFilters, themes_of

KIND = {
    "idea": Post.Kind.IDEA,
    "question": Post.Kind.QUESTION,
    "challenge": Post.Kind.CHALLENGE,
}
ANSWERED = {"no": 0, "yes": 1}


@dataclass(frozen=True)
class PostFilters(CountedFilters):
    """`answered` asks for an official answer or a result."""

    model: ClassVar[type[Model]] = Post
    spec: ClassVar[Spec] = SPEC

    names: ClassVar[tuple[str, ...]] = (
        *Filters.names,
        *("theme", "kind", "organisation", "area", "answered", "since", "until", "q"),
    )

    theme: tuple[Theme, ...] = ()
    kind: tuple[str, ...] = ()
    answered: str = ""

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        return cls(
            **cls.shared(query, also),
            theme=themes_of(query, Theme),
            kind=params.among(query, "kind", KIND),
            answered=params.one_of(query, "answered", ANSWERED),
        )

    @cached_property
    def facets(self) -> dict[str, frozenset[int]]:
        """The chosen values by facet, as `geo.counts` counts them."""
        chosen = {
            "theme": frozenset(theme.number for theme in self.theme),
            "kind": frozenset(int(KIND[word]) for word in self.kind),
            "answered": frozenset([ANSWERED[self.answered]]) if self.answered else frozenset(),
        }
        return {name: values for name, values in chosen.items() if values}

    def without_facets(self) -> Self:
        return replace(self, theme=(), kind=(), answered="")

    def words(self) -> dict[str, str]:
        return {
            "theme": ",".join(theme.slug for theme in self.theme),
            "kind": ",".join(self.kind),
            "answered": self.answered,
        }


def parameters() -> dict[str, dict]:
    """Return a JSON Schema for each filter of posts."""
    several = {"type": "array"}
    day = {"type": "string", "format": "date"}
    themes = list(Theme.objects.values_list("slug", flat=True))
    return {
        "theme": {
            **several,
            "items": {"type": "string", "enum": themes},
            "description": _("Themes, with commas between them."),
        },
        "kind": {
            **several,
            "items": {"type": "string", "enum": list(KIND)},
            "description": _("Ideas, questions or challenges, with commas between several."),
        },
        "organisation": {"type": "string", "description": _("Code or slug of an organisation.")},
        "area": {"type": "string", "description": _("Code of a nation, region or district.")},
        "answered": {
            "type": "string",
            "enum": list(ANSWERED),
            "description": _("With an official answer or a result, or without."),
        },
        "since": {**day, "description": _("First day, in Europe/London.")},
        "until": {**day, "description": _("Last day, in Europe/London.")},
        "q": {"type": "string", "description": _("Words in the text.")},
    }
