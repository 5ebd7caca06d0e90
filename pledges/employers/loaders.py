"""Load the six staff pledges from JSON: data that an operator may change."""

from pathlib import Path

from django.conf import settings

from geo.loaders import json_files
from geo.loaders.datasets import Report
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.loaders.reference import load_rows

STAFF_PLEDGES = Path(settings.BASE_DIR) / "fixtures" / "staff_pledges.json"


def load(report: Report, path: Path = STAFF_PLEDGES, *, force: bool = False) -> bool:
    """Add or update pledges by edition and number; False if this file was loaded last."""
    rows = json_files.objects(path)
    return load_rows("staff pledges", path, StaffPledge, ("edition", "number"), rows, report, force)
