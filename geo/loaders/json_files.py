"""Read the small files that an operator may write or correct."""

import hashlib
import json
from pathlib import Path

from geo.loaders.datasets import DataMissing, DataRefused


def fingerprint(*paths: Path) -> str:
    """A short text that changes with the files' contents, to be stored as a dataset's version."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(_bytes(path))
    return f"{' '.join(path.name for path in paths)} {digest.hexdigest()[:16]}"


def text(path: Path) -> str:
    """The file's text, UTF-8 with or without a byte order mark."""
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataRefused(f"{path.name} is not UTF-8 (byte {error.start}).") from error


def objects(path: Path) -> list[dict]:
    """The objects of a JSON file that holds a list of them."""
    try:
        rows = json.loads(text(path))
    except ValueError as error:
        raise DataRefused(f"{path.name} is not JSON: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataRefused(f"{path.name} does not hold a list of objects.")
    return rows


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataMissing(f"{path} cannot be read: {error.strerror}.") from error
