"""Bookmarks: the button on a page, and the list, in which what is hidden since says so."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from hubs.following.models import Bookmark
from hubs.following.ratable import PLEDGE, POST, bookmarked
from pledges.accounts.models import User
from pledges.ratable import Thing
from pledges.sections import Section


@dataclass(frozen=True)
class BookmarkButton:
    """The button on the page of a thing: `section` in `hubs/following/bookmark.html`."""

    thing: Thing[Any]
    row: Model

    @property
    def address(self) -> str:
        return reverse("bookmark", args=[self.thing.slug, self.row.pk])


@dataclass(frozen=True)
class BookmarkItem:
    """A bookmark in its person's list; `row` is None where its object is hidden or deleted."""

    thing: Thing[Any]
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


def button(thing: Thing[Any]) -> Callable[[Model], Section | None]:
    """Return a source of sections that adds the button to the pages of one kind of thing."""

    def source(row: Model) -> Section | None:
        if not isinstance(row, thing.model):
            return None
        return Section("hubs/following/bookmark.html", BookmarkButton(thing, row))

    return source


PLEDGE_BUTTON, POST_BUTTON = button(PLEDGE), button(POST)


def is_bookmarked(person: User, row: Model) -> bool:
    return Bookmark.objects.about(row).filter(person=person).exists()


def bookmark_items(rows: Iterable[Bookmark]) -> Sequence[BookmarkItem]:
    """Bookmarks in their order, each with its object: one query for each kind of thing."""
    rows = list(rows)
    things = bookmarked().by_type()
    found: dict[int, dict[int, Model]] = {}
    for kind, thing in things.items():
        keys = [row.object_id for row in rows if row.content_type_id == kind]
        found[kind] = {one.pk: one for one in thing.public().filter(pk__in=keys)} if keys else {}
    return [
        BookmarkItem(
            things[row.content_type_id],
            row.object_id,
            found[row.content_type_id].get(row.object_id),
            row.created_at,
        )
        for row in rows
        if row.content_type_id in things
    ]
