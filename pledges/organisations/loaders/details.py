"""Read what the registers leave out: kinds, former and site names, e-mail domains, successors."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from geo.loaders import json_files
from pledges.organisations.loaders.ods import refusal
from pledges.organisations.models import Organisation

COLUMNS = ["code", "kind", "former_names", "site_names", "email_domains"]
COLUMNS += ["predecessors", "successors", "source"]


@dataclass(frozen=True)
class Details:
    """One line of the file; `key` is the organisation's code or, without one, its slug."""

    line: int
    key: str
    kind: str
    former_names: list[str]
    site_names: list[str]
    email_domains: list[str]
    predecessors: list[str]
    successors: list[str]


def read(path: Path) -> dict[str, Details]:
    """Read a CSV file with the columns above, lists parted by `|`, by code or slug.

    Raises DataRefused with every faulty line named.
    """
    lines = csv.DictReader(io.StringIO(json_files.text(path), newline=""), strict=True)
    if lines.fieldnames != COLUMNS:
        raise refusal(path, [f"line 1: the columns are {', '.join(COLUMNS)}"])
    found: dict[str, Details] = {}
    faults = []
    try:
        for cells in lines:
            try:
                details = _details(lines.line_num, cells)
                if details.key in found:
                    raise ValueError(f"{details.key} stands there twice")
                found[details.key] = details
            except ValueError as error:
                faults.append(f"line {lines.line_num}: {error}")
    except csv.Error as error:
        faults.append(f"line {lines.line_num}: {error}")
    if faults:
        raise refusal(path, faults)
    return found


def _details(line: int, cells: dict[str, str | None]) -> Details:
    if None in cells or None in cells.values():
        raise ValueError(f"{len(COLUMNS)} columns are wanted")
    words = {name: (text or "").strip() for name, text in cells.items()}
    if not words["code"]:
        raise ValueError("the code is empty")
    if words["kind"] not in Organisation.Kind.values:
        raise ValueError(f"{words['kind'][:40]!r} is none of {', '.join(Organisation.Kind.values)}")
    lists = {
        name: [part.strip() for part in words[name].split("|") if part.strip()]
        for name in COLUMNS[2:7]
    }
    if long := [part for parts in lists.values() for part in parts if len(part) > 200]:
        raise ValueError(f"{long[0][:40]}... is over 200 characters")
    lists["email_domains"] = [domain.lower() for domain in lists["email_domains"]]
    return Details(line, words["code"], words["kind"], **lists)
