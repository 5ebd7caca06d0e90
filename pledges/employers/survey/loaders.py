"""Load the questions of the staff survey from JSON: data that an operator may change."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from geo.loaders import json_files
from geo.loaders.datasets import DataRefused, Report, loaded_version, remember
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Indicator, IndicatorSet

NAME = "staff survey"
STAFF_SURVEY = Path(settings.BASE_DIR) / "fixtures" / "staff_survey.json"
OF_SET = ("name", "name_cy", "called", "called_cy", "prefix", "source", "source_url")
OF_INDICATOR = ("words", "words_cy", "unit", "low", "high", "more_is_better")


def load(report: Report, path: Path = STAFF_SURVEY, *, force: bool = False) -> bool:
    """Add or update sets by year and indicators by number; False if this file was loaded last.

    An indicator's `pledge` is the number of a staff pledge of the newest edition, and `continues`
    the number of the same question in the set before. Raises DataRefused, with nothing changed.
    """
    version = json_files.fingerprint(path)
    if not force and loaded_version(NAME) == version and Indicator.objects.exists():
        report(f"{NAME.capitalize()}: already loaded ({version}).")
        return False
    rows = sorted(json_files.objects(path), key=lambda row: str(row.get("year")))
    pledges = {pledge.number: pledge for pledge in StaffPledge.objects.current()}
    loaded = 0
    with transaction.atomic():
        for row in rows:
            try:
                loaded += _save(row, pledges)
            except (KeyError, TypeError, ValidationError) as error:
                raise DataRefused(f"{path.name}, {row.get('year')}: {_reason(error)}") from error
        remember(NAME, version, loaded)
    report(f"{NAME.capitalize()}: {loaded} indicators in {len(rows)} sets loaded.")
    return True


def _save(row: dict[str, Any], pledges: dict[int, StaffPledge]) -> int:
    made = IndicatorSet.objects.filter(year=row["year"]).first() or IndicatorSet(year=row["year"])
    for name in OF_SET:
        setattr(made, name, row[name])
    made.full_clean()
    made.save()
    before = IndicatorSet.objects.in_year(made.year - 1)
    earlier = {one.number: one for one in before.indicators.all()} if before else {}
    for one in row["indicators"]:
        found = made.indicators.filter(number=one["number"]).first()
        indicator = found or Indicator(set=made, number=one["number"])
        for name in OF_INDICATOR:
            setattr(indicator, name, one[name])
        indicator.pledge = pledges[one["pledge"]]
        indicator.continues = earlier[one["continues"]] if one.get("continues") else None
        indicator.full_clean()
        indicator.save()
    return len(row["indicators"])


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing, or nothing has this number."
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
