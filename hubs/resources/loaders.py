"""Load resources from JSON and the files beside it: what each is, and what may be done with it."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from geo import uploads
from geo.core.errors import UploadRefused
from geo.loaders import json_files
from geo.loaders.datasets import DataMissing, DataRefused, Report, loaded_version, remember
from geo.uploads.models import Upload
from hubs.hub.models import Hub
from hubs.resources.models import Resource

NAME = "resources"
RESOURCES = Path(settings.BASE_DIR) / "fixtures" / "resources" / "resources.json"
FIELDS = ("title", "description", "kind", "audience", "language", "licence")
WRONG = (ValidationError, UploadRefused)


def load_resources(report: Report, path: Path = RESOURCES, *, force: bool = False) -> bool:
    """Add or update the file's resources by `key`; answer False if these files were loaded last.

    Each is an object with `key`, the fields above, and `file`, a name beside the JSON, or `link`.
    `hub` is the slug of its hub. What is marked `demo` is left out without DEMO. New
    ones are published; one that was retired since stays so. Raises DataRefused, with everything as
    it was, or DataMissing.
    """
    rows = [row for row in json_files.objects(path) if settings.DEMO or not row.get("demo")]
    # The digest alone: the names of all files would be too long to store.
    digest = json_files.fingerprint(path, *_files(path, rows)).rpartition(" ")[2]
    version = f"{len(rows)} of {path.name}, {digest}"
    if not force and loaded_version(NAME) == version:
        report(f"Resources: already loaded ({version}).")
        return False
    with transaction.atomic():
        # Lists show the newest first: so they have the order of the file.
        for row in reversed(rows):
            try:
                _save(row, path.parent)
            except (Hub.DoesNotExist, KeyError, TypeError, *WRONG) as error:
                raise DataRefused(f"{path.name}, {row.get('key')}: {error}") from error
        remember(NAME, version, len(rows))
    report(f"Resources: {len(rows)} loaded.")
    return True


def _files(path: Path, rows: list[dict]) -> list[Path]:
    """The files that the rows name, all of them beside the JSON and nowhere else."""
    names = sorted({row["file"] for row in rows if row.get("file")})
    if wrong := [name for name in names if not isinstance(name, str) or Path(name).name != name]:
        raise DataRefused(f"{path.name}: {wrong[0]} does not lie beside it.")
    return [path.parent / name for name in names]


def _save(row: dict, folder: Path) -> None:
    known = Resource.objects.filter(key=row["key"]).first()
    resource = known or Resource(key=row["key"], published_at=timezone.now())
    for name in FIELDS:
        setattr(resource, name, row[name])
    resource.demo = bool(row.get("demo"))
    resource.hub = Hub.objects.get(slug=row["hub"]) if row.get("hub") else None
    resource.link = row.get("link", "")
    resource.upload = _upload(resource, folder / row["file"]) if row.get("file") else None
    resource.full_clean()
    resource.save()


def _upload(resource: Resource, path: Path) -> Upload:
    """The upload of a file: the existing one, if the file has not changed."""
    try:
        with path.open("rb") as file:
            checked = uploads.check_file(file)
    except OSError as error:
        raise DataMissing(f"{path} cannot be read: {error.strerror}.") from error
    if resource.upload and resource.upload.size == len(checked.data):
        with resource.upload.file.open("rb") as stored:
            if stored.read() == checked.data:
                return resource.upload
    return uploads.save_upload(checked)
