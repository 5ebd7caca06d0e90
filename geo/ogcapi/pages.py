"""One page of a layer, by keyset: rows added meanwhile shift nothing, and page 100 is as quick."""

from django.db.models import Q, QuerySet

from geo.core.filters import Filters
from geo.ogcapi import cursor
from geo.ogcapi.layers import Layer, Page


def page(layer: Layer, filters: Filters, limit: int, word: str) -> Page:
    """Return the page that the cursor `word` begins (empty: the first one)."""
    if layer.page:
        return layer.page(filters, limit, word)
    direction, values = cursor.read(layer.name, word) if word else ("next", [])
    back = direction == "prev"
    order = [reverse(name) if back else name for name in layer.order]
    rows = filters.apply(layer.rows()).order_by(*order)
    if values:
        rows = rows.filter(after(order, values))
    columns = [name.removeprefix("-") for name in layer.order]
    keys = list(rows.values_list("pk", *columns)[: limit + 1])
    more = len(keys) > limit
    keys = keys[:limit]
    if back:
        keys.reverse()

    def link(towards: str, key: tuple) -> str:
        return cursor.write(layer.name, towards, list(key[1:]))

    # Coming from a neighbour, that neighbour is there; on the other side the extra row tells.
    return Page(
        [key for key, *_ in keys],
        next=link("next", keys[-1]) if keys and (back or more) else None,
        prev=link("prev", keys[0]) if keys and (more if back else values) else None,
    )


def reverse(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def after(order: list[str], values: list) -> Q:
    """Rows beyond the one with these values: (a, b) > (x, y), each column in its own direction."""
    beyond, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column = name.removeprefix("-")
        beyond |= equal & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{column: value})
    return beyond


def count(layer: Layer, filters: Filters) -> int | None:
    """Return numberMatched, or None where there are more than the layer counts."""
    if layer.count:
        return layer.count(filters)
    rows: QuerySet = filters.apply(layer.rows())
    return rows.order_by().count()
