"""Turn the parts of a filter that a parameter of the layer expresses into that parameter.

QGIS sends `"theme" = 'care'`, which means `theme=care`; counts are stored for parameters, so that
this costs a thousandth.
"""

from collections.abc import Callable, Collection

from lark import Token, Tree

from geo.ogcapi.cql2 import literals


def extract_parameters(
    tree: Tree, names: Collection[str], takes: Callable[[str, str], bool]
) -> tuple[dict[str, str], Tree | None]:
    """Return parameters to set, and the rest of the filter (None: nothing).

    `names` are the properties that parameters stand for; `takes(name, value)` tells whether that
    one may be set to the value. Only what must hold in any case is extracted, each name once.
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
        for named, value in (part.children[::2], part.children[::-2]):
            if [getattr(side, "data", "") for side in (named, value)] == ["property", "text"]:
                return _word(named).strip('"'), literals.text(_word(value))
    return "", ""


def _word(node: Tree | Token) -> str:
    return str(node.children[0] if isinstance(node, Tree) else node)
