"""Who wrote what: beside the row or, of what is anonymous, behind the veil."""

from typing import Any

from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Veil
from hubs.conversation.models.replies import Reply
from pledges.accounts.models import User

Row = Post | Reply


def _named(row: Row) -> dict[str, Any]:
    return {"reply" if isinstance(row, Reply) else "post": row}


def author_of(row: Row) -> User | None:
    """Whoever wrote it, also where that is nobody's to see: for work, never for showing."""
    if not row.anonymous:
        return row.author
    veil = Veil.objects.filter(**_named(row)).select_related("person").first()
    return veil.person if veil else None


def is_of(row: Row, person: User | None) -> bool:
    """Whether this person wrote it."""
    if person is None:
        return False
    if not row.anonymous:
        return row.author_id == person.pk
    return Veil.objects.filter(**_named(row), person=person).exists()


def set_author(row: Row, person: User) -> None:
    """Note who stands by a row: beside it, or behind the veil."""
    if row.anonymous:
        Veil.objects.bulk_create([Veil(**_named(row), person=person)], ignore_conflicts=True)
    else:
        type(row).objects.filter(pk=row.pk).update(author=person)
        row.author = person


def without_name(rows: list[Row]) -> None:
    """Keep rows whose author leaves, without anything of who that was."""
    for row in rows:
        # A role may name its one holder as well as a name does.
        type(row).objects.filter(pk=row.pk, signed=Signed.NAME).update(
            author=None, display_name="", role=""
        )
        type(row).objects.filter(pk=row.pk).exclude(signed=Signed.NAME).update(author=None, role="")
        Veil.objects.filter(**_named(row)).delete()
