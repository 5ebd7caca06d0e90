"""The site's own ES modules: what each of them imports, so that a page can name all at once.

A browser finds out what a module imports when it has read it, one round trip after another. A page
that names them all lets it fetch them together (`<link rel="modulepreload">`).
"""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders

IMPORT = re.compile(
    r"""^(?:import|export)\b(?:[^"';]*\bfrom)?\s*["'](\.{1,2}/[^"']+)["'];""", re.MULTILINE
)


class UnknownModule(LookupError):
    """A page or a module names a module that is not among our static files."""


@cache
def imports(path: str) -> tuple[str, ...]:
    """Return the static paths that the module at a static path imports itself.

    Raises UnknownModule where there is no such file.
    """
    found = finders.find(path) if path.endswith(".js") and "//" not in path else None
    if found is None:
        raise UnknownModule(f"{path!r} is no module among our static files.")
    source = Path(found).read_text(encoding="utf-8")
    return tuple(normpath(join(dirname(path), name)) for name in IMPORT.findall(source))


def with_imports(*paths: str) -> tuple[str, ...]:
    """Return the modules and everything that they import, each once, and before what it imports."""
    found: dict[str, None] = dict.fromkeys(paths)
    waiting = list(paths)
    for path in waiting:
        new = [name for name in imports(path) if name not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(found)
