"""What people may do with the good practice of employers: bookmark, rate, comment on it."""

from hubs.mine import bookmarks, said
from hubs.mine.things import PRACTICE
from pledges.employers.models import Action
from pledges.sections import Section


def bookmark_section(action: Action) -> Section | None:
    return bookmarks.button(PRACTICE)(action) if action.good_practice else None


def said_section(action: Action) -> Section | None:
    return said.section(PRACTICE, action) if action.good_practice else None
