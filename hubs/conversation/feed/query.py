"""What a reader of the feed asks for, and how it is meant."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.core import params
from geo.core.errors import BadParameter
from geo.counts.models import Owner
from hubs.conversation import totals
from hubs.conversation.feed import orders
from hubs.conversation.filters import ANSWERED, KIND, PostFilters
from hubs.conversation.models.posts import SPEC, Post
from hubs.conversation.models.themes import Theme
from pledges.feed import spelling
from pledges.map.choices import Chip, Choice
from pledges.organisations import search

ORGANISATIONS = 6  # organisations that have the words in their names, at most
UNANSWERED, NEAREST = "unanswered", "nearest"
SORTS = {
    orders.NEWEST: gettext_lazy("Newest"),
    orders.SUPPORTED: gettext_lazy("Most supported"),
    orders.DISCUSSED: gettext_lazy("Last discussed"),
    UNANSWERED: gettext_lazy("Unanswered"),
    NEAREST: gettext_lazy("Near me"),
}
PARAMETERS = ("sort", "cursor", "start")
ANSWERED_NAMES = {
    "no": gettext_lazy("No answer yet"),
    "yes": gettext_lazy("Answered, or closed with a result"),
}


@dataclass(frozen=True)
class Asked:
    """A list of posts: which, in which order, with the numbers beside it.

    `misspelt` is what was typed, where no post has it and its likeliest spelling stands in
    `filters`.
    """

    filters: PostFilters
    sort: str
    numbers: dict
    misspelt: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read filters and `sort`. The box of a view is left out: all is listed."""
        filters = PostFilters.parse(query, also=PARAMETERS).without_bbox()
        sort = params.text(query, "sort") or orders.NEWEST
        if sort not in SORTS:
            raise BadParameter("sort", f"is none of: {', '.join(SORTS)}")
        if sort == UNANSWERED:
            filters = replace(filters, answered="no")
        if sort == NEAREST:
            filters = filters.anywhere()
        typed = filters.q
        filters = _spelled(filters)
        misspelt = typed if typed != filters.q else ""
        return cls(filters, sort, totals.summary(filters), misspelt)

    @property
    def total(self) -> int | None:
        return self.numbers["total"]

    @property
    def order(self) -> str:
        """The order of the rows: what nobody answered is listed by support."""
        return {UNANSWERED: orders.SUPPORTED, NEAREST: orders.NEWEST}.get(self.sort, self.sort)

    def query_string(self, sort: str = "") -> str:
        """Return the query string of this list, or of the same posts in another order."""
        pairs = self.filters.pairs()
        sort = sort or self.sort
        if UNANSWERED in (sort, self.sort) and ("answered", "no") in pairs:
            pairs.remove(("answered", "no"))
        if sort != orders.NEWEST:
            pairs.append(("sort", sort))
        return urlencode(pairs)

    def sorts(self) -> list[dict]:
        return [
            {"name": name, "query": self.query_string(sort), "chosen": sort == self.sort}
            for sort, name in SORTS.items()
        ]

    def facets(self) -> dict[str, list[Choice]]:
        """Return the choices of each facet with the numbers beside them."""
        counted = self.numbers.get("facets", {})
        chosen = {theme.slug for theme in self.filters.theme}

        def number(facet: str, word: str) -> int | None:
            return counted.get(facet, {}).get(word)

        return {
            "theme": [
                Choice(t.slug, t.local_name, t.slug in chosen, number("theme", t.slug), t)
                for t in Theme.objects.begun()
            ],
            "kind": [
                Choice(word, code.label, word in self.filters.kind, number("kind", word))
                for word, code in KIND.items()
            ],
            "answered": [
                Choice(
                    word,
                    ANSWERED_NAMES[word],
                    word == self.filters.answered,
                    number("answered", word),
                )
                for word in ANSWERED
            ],
        }

    def organisations(self) -> list[dict]:
        """Return those whose names have the words: each with its posts and the query of them."""
        words = self.misspelt or self.filters.q
        found = search.organisations(words, ORGANISATIONS)
        owners = Owner.objects.filter(layer=SPEC.layer, owner__in=[each.pk for each in found])
        posts = dict(owners.values_list("owner", "n"))
        return [
            {
                "organisation": each,
                "posts": posts[each.pk],
                "query": PostFilters(organisation=each).query_string(),
            }
            for each in found
            if posts.get(each.pk)
        ]

    def chips(self) -> list[Chip]:
        """Return every filter that is on, and the query string without it."""
        filters = self.filters
        pairs = dict(filters.pairs())
        kept = {} if self.sort == orders.NEWEST else {"sort": self.sort}
        if self.sort == UNANSWERED:
            pairs.pop("answered")

        def rest(name: str, value: str | None = None) -> str:
            words = [word for word in pairs[name].split(",") if value and word != value]
            left = {**pairs, name: ",".join(words), **kept}
            return urlencode({key: word for key, word in left.items() if word})

        found = [Chip(theme.local_name, rest("theme", theme.slug)) for theme in filters.theme]
        found += [Chip(Post.Kind(KIND[word]).label, rest("kind", word)) for word in filters.kind]
        named: dict[str, str | Promise | None] = {
            "organisation": filters.organisation and filters.organisation.name,
            "area": filters.area and filters.area.local_name,
            "answered": ANSWERED_NAMES.get(filters.answered),
            "since": filters.since
            and _("from {day}").format(day=date_format(filters.since, "j F Y")),
            "until": filters.until
            and _("until {day}").format(day=date_format(filters.until, "j F Y")),
            "q": filters.q and f"“{filters.q}”",
        }
        return found + [
            Chip(words, rest(name)) for name, words in named.items() if words and name in pairs
        ]


def _spelled(filters: PostFilters) -> PostFilters:
    """Return the filters with the words that were meant, where no post has them as typed."""
    if not filters.q or totals.count(PostFilters(q=filters.q)) != 0:
        return filters
    meant = spelling.corrected(filters.q)
    return replace(filters, q=meant) if totals.count(PostFilters(q=meant)) != 0 else filters
