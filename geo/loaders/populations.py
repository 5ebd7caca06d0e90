"""How many people live in areas, from a CSV file that an operator gives."""

import csv
from pathlib import Path

from django.db import transaction

from geo.areas.models import Area, Population
from geo.core.errors import BadParameter
from geo.core.params import integer
from geo.loaders import json_files
from geo.loaders.datasets import DataRefused, Report

MOST = 100_000_000


@transaction.atomic
def load_populations(path: Path, report: Report) -> int:
    """Replace all numbers by those of the file: columns `code` and `population`; other are skipped.

    A code means every current area that has it. Raises DataRefused, with everything as it
    was, for a number that is none, a code twice, or a file in which no code is known.
    """
    rows = list(csv.DictReader(json_files.text(path).splitlines()))
    if not rows or not {"code", "population"} <= set(rows[0]):
        raise DataRefused(f"{path.name} needs the columns code and population.")
    given: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        code = (row["code"] or "").strip().upper()
        try:
            number = (row["population"] or "").strip().replace(",", "")
            residents = integer("population", number, 1, MOST)
        except BadParameter as error:
            raise DataRefused(f"{path.name}, line {line}: {error}") from error
        if code in given:
            raise DataRefused(f"{path.name}, line {line}: {code} stands there twice.")
        given[code] = residents
    areas = Area.objects.current().filter(code__in=given).values_list("pk", "code")
    found = [Population(area_id=key, residents=given[code]) for key, code in areas]
    if not found:
        raise DataRefused(f"{path.name} has no code of an area that is loaded.")
    Population.objects.all().delete()
    Population.objects.bulk_create(found)
    unknown = len(set(given) - {code for _key, code in areas})
    report(f"Populations: {len(found)} areas; {unknown} codes are of no area here.")
    return len(found)
