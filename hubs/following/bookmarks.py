"""What a person keeps: the button on a page, and the list with what has gone since."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from hubs.following.models import Bookmark
from hubs.following.ratable import PLEDGE, POST, bookmarked
from pledges.accounts.models import User
from pledges.ratable import Thing
from pledges.sections import Section


@dataclass(frozen=True)
class Mark:
    """The button on the page of a thing: `section` in `hubs/following/bookmark.html`."""

    thing: Thing
    row: Model

    @property
    def address(self) -> str:
        return reverse("bookmark", args=[self.thing.slug, self.row.pk])


@dataclass(frozen=True)
class Kept:
    """One bookmark as its person sees it; without `row` what it was of is out of view."""

    thing: Thing
    key: int
    row: Model | None
    at: datetime.datetime

    @property
    def title(self) -> str:
        return self.thing.title(self.row) if self.row else ""

    @property
    def link(self) -> str:
        return self.thing.address(self.row) if self.row else ""

    @property
    def address(self) -> str:
        return reverse("bookmark", args=[self.thing.slug, self.key])


def button(thing: Thing) -> Callable[[Model], Section | None]:
    """What adds the button to the pages of one kind of thing, and to no others."""

    def source(row: Model) -> Section | None:
        return (
            Section("hubs/following/bookmark.html", Mark(thing, row)) if _is(thing, row) else None
        )

    return source


PLEDGE_BUTTON, POST_BUTTON = button(PLEDGE), button(POST)


def _is(thing: Thing, row: Model) -> bool:
    return isinstance(row, thing.model)


def is_kept(person: User, row: Model) -> bool:
    return Bookmark.objects.about(row).filter(person=person).exists()


def listed(rows: Iterable[Bookmark]) -> Sequence[Kept]:
    """Bookmarks in their order, with what each is of: one query for each kind."""
    rows = list(rows)
    things = bookmarked().by_type()
    found: dict[int, dict[int, Model]] = {}
    for kind, thing in things.items():
        keys = [row.object_id for row in rows if row.content_type_id == kind]
        found[kind] = {one.pk: one for one in thing.public().filter(pk__in=keys)} if keys else {}
    return [
        Kept(
            things[row.content_type_id],
            row.object_id,
            found[row.content_type_id].get(row.object_id),
            row.created_at,
        )
        for row in rows
        if row.content_type_id in things
    ]
