"""What a tagged PDF tells whoever cannot see it."""

from pypdf import PdfReader


def tags(paper: PdfReader) -> list[tuple[str, str]]:
    """Each element of the tree of a tagged PDF with its alternative text, in order."""
    return _below(paper.trailer["/Root"]["/StructTreeRoot"]["/K"])


def _below(node) -> list[tuple[str, str]]:
    node = node.get_object()
    if isinstance(node, list):
        return [each for one in node for each in _below(one)]
    if not isinstance(node, dict) or "/S" not in node:
        return []
    return [(node["/S"], str(node.get("/Alt", ""))), *_below(node.get("/K", []))]
