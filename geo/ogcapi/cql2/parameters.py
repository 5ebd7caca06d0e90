"""Say in the layer's own parameters what a filter says that they can: counts are kept of those.

QGIS sends `"theme" = 'care'`, and means what `theme=care` means, which costs a thousandth.
"""

from collections.abc import Callable, Collection

from lark import Tree

from geo.ogcapi.cql2 import literals


def extract_parameters(
    tree: Tree, names: Collection[str], takes: Callable[[str, str], bool]
) -> tuple[dict[str, str], Tree | None]:
    """Return parameters to set, and what is left of the filter (None: nothing).

    `names` are the properties that parameters stand for; `takes(name, value)` tells whether that
    one may be set to the value. Only what must hold in any case is lifted, each name once.
    """
    root = tree.children[0]
    parts = root.children if root.data == "both" else [root]
    found: dict[str, str] = {}
    left = []
    for part in parts:
        name, value = _equality(part)
        if name in names and name not in found and takes(name, value):
            found[name] = value
        else:
            left.append(part)
    if not left:
        return found, None
    return found, left[0] if len(left) == 1 else Tree("both", left)


def _equality(part: Tree) -> tuple[str, str]:
    """Return property and text of `property = 'text'`, either way round; else two empty words."""
    if part.data == "comparison" and part.children[1] == "=":
        for named, given in (part.children[::2], part.children[::-2]):
            if named.data == "property" and given.data == "text":
                return named.children[0].strip('"'), literals.text(given.children[0])
    return "", ""
