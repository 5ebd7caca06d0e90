"""Files of whole collections that the worker makes: when one is made, served and deleted.

No request makes the database write 3,000,000 rows twice in a quarter of an hour, and what was
hidden or withdrawn is in no file for longer than an hour.
"""

import datetime
import hashlib
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from geo.core.retry import pause
from geo.ogcapi.export.geofiles import FILE_FORMATS
from geo.ogcapi.export.models import BuiltFile
from geo.ogcapi.fields import in_utc
from geo.ogcapi.layers import Layer, published_layers

QUEUE = "files"
# A file whose layer has changed is served for so long, while the next one is made.
SERVED = datetime.timedelta(hours=1)
# Likes are in the file but change no counts of the layer, so a quiet one is rebuilt each day.
UNCHANGED = datetime.timedelta(days=1)
# A worker that has not answered for so long was stopped; then the work is queued again.
PATIENCE = datetime.timedelta(minutes=10)
LEAST_WAIT, MOST_WAIT = 5, 120  # seconds of Retry-After until there is a file


def get_or_request(layer: Layer, form: str) -> BuiltFile:
    """Return the row of the file, `made_at` empty where there is none to give away.

    Asks the worker for the next one where it is due.
    """
    row, _made = BuiltFile.objects.get_or_create(layer=layer.name, form=form)
    now = timezone.now()
    age = now - row.made_at if row.made_at else None
    fresh = datetime.timedelta(minutes=settings.FILES_MINUTES)
    if age is not None and (age < fresh or is_current(layer, row, now)):
        return row
    if BuiltFile.objects.filter(pk=row.pk).request_build(now, since=now - PATIENCE):
        make.enqueue(layer.name, form)
    if age is not None and age > SERVED:
        row.made_at = None
    return row


def is_current(layer: Layer, row: BuiltFile, now: datetime.datetime) -> bool:
    """Whether the layer has not changed since; one without a version of its own may have."""
    if row.made_at is None or layer.version is int:
        return False
    return row.version == str(layer.version()) and now - row.made_at < UNCHANGED


def retry_after(row: BuiltFile) -> int:
    """Return the seconds of Retry-After, by how long the last file took."""
    return round(min(MOST_WAIT, max(LEAST_WAIT, row.took)))


@task(queue_name=QUEUE)
def make(name: str, form: str) -> None:
    """Write the file of a layer, and put it in the place of the one before."""
    layer = published_layers()[name]
    row, _made = BuiltFile.objects.get_or_create(layer=name, form=form)
    begun = time.monotonic()
    failures = row.failures + 1
    try:
        row.asked_at, row.failures = None, 0
        row.version, row.demo = str(layer.version()), layer.demo()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.{form}"
            row.rows = FILE_FORMATS[form].write(layer, path, about(layer, demo=row.demo))
            with path.open("rb") as file:
                row.digest = hashlib.file_digest(file, "sha256").hexdigest()
                row.size = path.stat().st_size
                row.took = time.monotonic() - begun
                row.made_at = timezone.now()
                row.replace(File(file))
    except Exception:
        # As if it had been asked for so long ago that it may be once the pause is over.
        asked_at = timezone.now() + pause(failures) - PATIENCE
        BuiltFile.objects.filter(pk=row.pk).update(asked_at=asked_at, failures=failures)
        raise


def about(layer: Layer, *, demo: bool) -> dict[str, str]:
    """Return what a file says of itself: what it is, of when, whose, and by what licence."""
    licence, address = layer.licence
    site = settings.SITE_URL
    return {
        "title": str(layer.title),
        "description": str(layer.description),
        "attribution": str(layer.attribution),
        "licence": str(licence),
        "licence_url": f"{site}{address}" if address.startswith("/") else address,
        "site": site,
        "made": in_utc(timezone.now()),
    } | ({"demo": _("Holds demo content")} if demo else {})


def delete_outdated(before: datetime.datetime, dry_run: bool) -> int:
    """Delete the files that are no longer served; return how many. `before` is not used."""
    now = timezone.now()
    layers = published_layers()
    old = [
        row
        for row in BuiltFile.objects.ready().filter(made_at__lt=now - SERVED)
        if row.layer not in layers or not is_current(layers[row.layer], row, now)
    ]
    if not dry_run:
        for row in old:
            row.remove()
    return len(old)
