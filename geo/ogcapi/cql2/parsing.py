"""Parse a filter into a tree, within limits that bound the cost of parsing and of the query."""

from functools import cache

from lark import Lark, Tree
from lark.exceptions import UnexpectedInput

from geo.core.errors import BadParameter

LONGEST = 4000  # characters
DEEPEST = 30  # brackets within each other
MOST_TERMS = 100  # comparisons
MOST_VERTICES = 2000
TERMS = ("comparison", "like", "between", "member", "null", "spatial", "constant")


@cache
def _parser() -> Lark:
    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr", maybe_placeholders=True)


def parse(text: str) -> Tree:
    """Return the tree of a filter. Raises BadParameter with the place where reading ended."""
    if len(text) > LONGEST:
        raise BadParameter("filter", f"longer than {LONGEST} characters")
    if any(ord(c) < 32 and c not in "\t\r\n" for c in text) or "\ufffd" in text:
        raise BadParameter("filter", "holds characters that are not text")
    if _depth(text) > DEEPEST:
        raise BadParameter("filter", f"more than {DEEPEST} brackets within each other")
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        place = max(error.column, 1) if isinstance(error.column, int) else len(text) + 1
        why = f"cannot be read from character {place} on, as CQL2 text"
        raise BadParameter("filter", why) from None
    if sum(1 for _ in tree.find_pred(lambda node: node.data in TERMS)) > MOST_TERMS:
        raise BadParameter("filter", f"more than {MOST_TERMS} comparisons")
    if text.count(",") > MOST_VERTICES:
        raise BadParameter("filter", f"more than {MOST_VERTICES} vertices or values")
    return tree


def _depth(text: str) -> int:
    """How deep brackets and NOTs stand within each other: the tree is walked by recursion."""
    deep = deepest = 0
    for character in text:
        deep += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, deep)
    return deepest
