"""Keyset pagination: pages begin at a signed cursor, so that page 1,000 costs what page 1 does.

Rows added meanwhile shift nothing, as an offset would. This is the one cursor of all lists of the
site and of the API.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet

from geo.core.errors import BadParameter

Item = TypeVar("Item")
Value = int | str | datetime.datetime


@dataclass(frozen=True)
class Cursor:
    """The place after the row with these values of the order's columns, before it with `back`."""

    values: tuple[Value, ...]
    back: bool = False


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows in order, and the cursors of the pages around them (None: no page)."""

    items: Sequence[Item] = ()
    next: str | None = None
    prev: str | None = None


def write(scope: str, cursor: Cursor) -> str:
    """Return the cursor as an opaque word; `scope` names the list and its order.

    It is signed, so that only values which the database can compare ever come back. It says no
    time: an answer that has not changed has the same bytes, as its strong ETag promises.
    """
    direction = "prev" if cursor.back else "next"
    # JSON has no moments: one is written as a list of its text.
    values = [[v.isoformat()] if isinstance(v, datetime.datetime) else v for v in cursor.values]
    return _signer(scope).sign_object([direction, *values])


def read(scope: str, word: str) -> Cursor | None:
    """Read a cursor; empty means the first page. What was not written here raises BadParameter."""
    if not word:
        return None
    try:
        direction, *values = _signer(scope).unsign_object(word)
    except BadSignature:
        raise BadParameter("cursor", "is not one of ours; start again at the first page") from None
    moments = (datetime.datetime.fromisoformat(v[0]) if isinstance(v, list) else v for v in values)
    return Cursor(tuple(moments), direction == "prev")


def _signer(scope: str) -> Signer:
    return Signer(salt=f"cursor:{scope}")


def ordered(rows: QuerySet, order: Sequence[str], cursor: Cursor | None) -> QuerySet:
    """Sort rows, as `order_by` takes it, from the cursor on; with `back` away from it backwards.

    The order must be unique, and never null.
    """
    if cursor and cursor.back:
        order = [_reversed(name) for name in order]
    if cursor:
        rows = rows.filter(after(order, cursor.values))
    return rows.order_by(*order)


def after(order: Sequence[str], values: Sequence[Value]) -> Q:
    """Rows beyond the one with these values: (a, b) > (x, y), each column in its own direction."""
    beyond, equal, bound = Q(), Q(), Q()
    for name, value in zip(order, values, strict=True):
        column, way = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{column}__{way}": value})
        equal &= Q(**{column: value})
        # The first column bounds the scan of an index, which the comparison of all would not.
        bound = bound or Q(**{f"{column}__{way}e": value})
    return beyond & bound if len(order) > 1 else beyond


def paginate(
    fetch: Callable[[Cursor | None, int], Sequence[Item]],
    limit: int,
    word: str,
    scope: str,
    values: Callable[[Item], tuple[Value, ...]],
    *,
    two_way: bool = True,
) -> Page[Item]:
    """Return the page that the cursor `word` begins; without `two_way` none leads back.

    `fetch(cursor, n)` answers the first n rows from the cursor on, as `ordered` sorts them, and
    `values` what a row is sorted by.
    """
    cursor = read(scope, word)
    back = cursor is not None and cursor.back
    found = fetch(cursor, limit + 1)
    more, items = len(found) > limit, found[:limit]
    if back:
        items = items[::-1]
    if not items:
        return Page()
    # Coming from a neighbour, that neighbour is there; on the other side the extra row tells.
    earlier = more if back else cursor is not None
    return Page(
        items,
        write(scope, Cursor(values(items[-1]))) if back or more else None,
        write(scope, Cursor(values(items[0]), back=True)) if two_way and earlier else None,
    )


def page(
    rows: QuerySet, order: Sequence[str], limit: int, word: str, scope: str, *, two_way: bool = True
) -> Page:
    """Return a page of rows in an order of their own columns."""
    columns = _columns(order)
    return paginate(
        lambda cursor, n: list(ordered(rows, order, cursor)[:n]),
        limit,
        word,
        scope,
        lambda row: tuple(getattr(row, column) for column in columns),
        two_way=two_way,
    )


def key_page(rows: QuerySet, order: Sequence[str], limit: int, word: str, scope: str) -> Page[int]:
    """Return a page of the primary keys of rows."""
    columns = _columns(order)
    found = paginate(
        lambda cursor, n: list(ordered(rows, order, cursor).values_list("pk", *columns)[:n]),
        limit,
        word,
        scope,
        lambda row: row[1:],
    )
    return replace(found, items=[key for key, *_ in found.items])


def _columns(order: Sequence[str]) -> list[str]:
    return [name.removeprefix("-") for name in order]


def _reversed(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
