"""The project's own files, as its version control knows them."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Each may import those before it; an app inside another folder is a layer of its own.
LAYERS = ("geo", "pledges", "pledges.employers", "hubs.conversation", "hubs", "config")
FOLDERS = ("geo", "pledges", "hubs", "config")


@cache
def files(*endings: str) -> tuple[Path, ...]:
    """All files that are kept or about to be, without what is ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    found = (ROOT / name for name in listed if not endings or name.endswith(endings))
    return tuple(sorted(path for path in found if path.is_file()))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """Return the parsed Python files of the folders (the four layers) by their names."""
    wanted = folders or FOLDERS
    return {
        name(path): ast.parse(path.read_text(encoding="utf-8"))
        for path in files(".py")
        if name(path).split("/")[0] in wanted
    }


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a module or a function imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
