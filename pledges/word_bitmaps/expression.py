"""A search for words as an expression of bits."""

import re
from collections.abc import Callable

TOKENS = re.compile(r"\s*(?:'((?:[^'\\]|'')+)'|([&|!()]))")
Node = tuple  # ("word", lexeme), ("!", node), ("&", node, node) or ("|", node, node)


def parse(written: str) -> Node | None:
    """Read what PostgreSQL writes of a tsquery: words, &, |, ! and brackets.

    None for what bits do not tell: phrases, for bits know no places, and a query without words.
    """
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(written.rstrip()):
        if not (found := TOKENS.match(written, at)):
            return None
        tokens.append(("word", found[1].replace("''", "'")) if found[1] else (found[2], ""))
        at = found.end()
    return _Reader(tokens).either() if tokens else None


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens[::-1]

    def either(self) -> Node:
        return self._joined("|", self._all)

    def _all(self) -> Node:
        return self._joined("&", self._one)

    def _joined(self, sign: str, part: Callable[[], Node]) -> Node:
        found = part()
        while self.left and self.left[-1][0] == sign:
            self.left.pop()
            found = (sign, found, part())
        return found

    def _one(self) -> Node:
        kind, word = self.left.pop()
        if kind == "!":
            return ("!", self._one())
        if kind == "(":
            found = self.either()
            self.left.pop()
            return found
        return ("word", word)


def words(node: Node) -> set[str]:
    if node[0] == "word":
        return {node[1]}
    return set().union(*(words(part) for part in node[1:]))


def sql(node: Node, columns: dict[str, str]) -> str:
    """Write the expression over the column of bits of each word."""
    if node[0] == "word":
        return columns[node[1]]
    if node[0] == "!":
        return f"(~ {sql(node[1], columns)})"
    return f"({sql(node[1], columns)} {node[0]} {sql(node[2], columns)})"
