"""Load themes and Change Days from JSON: data that an operator may change, not code."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from geo.loaders import json_files
from geo.loaders.datasets import DataRefused, Report, loaded_version, remember
from pledges.pledging.models import ChangeDay, Theme

THEMES = Path(settings.BASE_DIR) / "fixtures" / "themes.json"
CHANGE_DAYS = Path(settings.BASE_DIR) / "fixtures" / "change_days.json"


def load_themes(
    report: Report,
    path: Path = THEMES,
    *,
    force: bool = False,
    model: type[models.Model] = Theme,
    name: str = "themes",
) -> bool:
    """Add or update the file's themes by number; answer False if this same file was loaded last.

    A theme that the file does not name stays: pledges may be about it. A theme's number is its
    place in the counts: DataRefused if the file gives a known slug another number. Themes of other
    apps have a `model` of their own and a `name` to be remembered by.
    """
    rows = json_files.objects(path)
    numbers = dict(model._default_manager.values_list("slug", "number"))
    for row in rows:
        if numbers.get(row.get("slug"), row.get("number")) != row.get("number"):
            raise DataRefused(f"{path.name}: {row['slug']} has number {numbers[row['slug']]}.")
    placed = [{**row, "position": position} for position, row in enumerate(rows)]
    return load_rows(name, path, model, ("number",), placed, report, force)


def load_change_days(report: Report, path: Path = CHANGE_DAYS, *, force: bool = False) -> bool:
    """Add or update the file's Change Days by date; answer False if it was loaded last."""
    rows = json_files.objects(path)
    return load_rows("change days", path, ChangeDay, ("date",), rows, report, force)


def load_rows(
    name: str,
    path: Path,
    model: type[models.Model],
    key: tuple[str, ...],
    rows: list[dict],
    report: Report,
    force: bool,
) -> bool:
    """Add or update rows known by the fields of `key`; False if this same file was loaded last.

    DataRefused, with nothing changed, names the row that is at fault.
    """
    version = json_files.fingerprint(path)
    # What an operator corrected since the file was loaded is not put back by the next start.
    if not force and loaded_version(name) == version and model._default_manager.exists():
        report(f"{name.capitalize()}: already loaded ({version}).")
        return False
    with transaction.atomic():
        for row in rows:
            _save(path, model, key, row)
        remember(name, version, len(rows))
    report(f"{name.capitalize()}: {len(rows)} loaded.")
    return True


def _save(path: Path, model: type[models.Model], key: tuple[str, ...], row: dict) -> None:
    known = {field.name for field in model._meta.concrete_fields if not field.generated}
    if strange := set(row) - known:
        raise DataRefused(f"{path.name}: {', '.join(sorted(strange))}: no such field.")
    try:
        found = model._default_manager.filter(**{k: row.get(k) for k in key}).first() or model()
        for name, value in row.items():
            setattr(found, name, value)
        found.full_clean()
    except ValidationError as error:
        raise DataRefused(f"{path.name}, {row.get('name')}: {' '.join(error.messages)}") from error
    found.save()
