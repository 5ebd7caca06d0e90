"""What is read of the terms of a theme: the most said, and those that rise."""

from dataclasses import dataclass
from urllib.parse import urlencode

from geo.areas.models import Area
from hubs.conversation.models.themes import Theme
from hubs.conversation.models.topics import Sensed, Term

SHOWN = 20


@dataclass(frozen=True)
class Said:
    """A term with its numbers, and the query string of the posts behind it."""

    form: str
    posts: int
    lately: int
    query: str


@dataclass(frozen=True)
class Terms:
    """Terms of a theme in a region or, without, anywhere; `sensed` is None until counted."""

    most: list[Said]
    rising: list[Said]
    sensed: Sensed | None


def terms(theme: Theme, region: Area | None = None, limit: int = SHOWN) -> Terms:
    """Return up to `limit` terms of each list."""
    found = Term.objects.shown().of(theme, region)
    return Terms(
        [_said(one, theme, region) for one in found.order_by("-posts", "form")[:limit]],
        [
            _said(one, theme, region)
            for one in found.filter(rise__isnull=False).order_by("-rise", "form")[:limit]
        ],
        Sensed.objects.filter(theme=theme).first(),
    )


def _said(term: Term, theme: Theme, region: Area | None) -> Said:
    asked = f'"{term.form}"' if " " in term.form else term.form
    area = [("area", region.code)] if region else []
    query = urlencode([("theme", theme.slug), *area, ("q", asked)])
    return Said(term.form, term.posts, term.lately, query)
