"""What other apps keep of people: the registry KEEPERS.

The page "Mine", the file of a person's data, the end of an account, `forget` and `remove_demo` ask
each keeper for its part.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from geo.core.registry import registered
from pledges.accounts.models import User


@dataclass(frozen=True)
class Shelf:
    """A section of the page "Mine": a template, and what it is written from, named `shelf`."""

    title: str | Promise
    template: str
    content: object


@dataclass(frozen=True)
class Overdue:
    """Rows that are kept no longer: `name` tells an operator what they are.

    With `kept`, for how long they were, they are a line of the privacy page too, and `name` is in
    the reader's language.
    """

    name: str | Promise
    rows: QuerySet
    # Fields to empty where the row itself stays for the figures; none: the row is removed.
    blank: Mapping[str, object] | None = None
    kept: datetime.timedelta | None = None

    def forget(self) -> None:
        if self.blank is None:
            self.rows.delete()
        else:
            self.rows.update(**self.blank)


class Keeper:
    """Base of what an app keeps. Each method has nothing to say until an app overrides it."""

    def shelf(self, person: User) -> Shelf | None:
        """The section of the page "Mine"; None where the person has nothing here."""
        return None

    def first_page(self, person: User) -> str | None:
        """The address of what waits for a person, where they are led when they have signed in."""
        return None

    def everything(self, person: User) -> Mapping[str, object]:
        """All that is kept of a person, ready for JSON, by names that no other keeper has."""
        return {}

    def leave(self, person: User, *, keep: bool) -> None:
        """Remove what is kept of a person, whose account is about to be deleted.

        `keep`: what they wrote in public stays, without their name.
        """

    def overdue(self) -> list[Overdue]:
        """What is kept no longer than now."""
        return []

    def remove_demo(self) -> None:
        """Remove demo content."""


def keepers() -> tuple[Keeper, ...]:
    return tuple(keeper() for keeper in registered("KEEPERS"))
