"""Periods of reports and of the matrix: calendar years, and their quarters."""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Self

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

SLUG = re.compile(r"(20[0-9]{2})(?:-q([1-4]))?")


@dataclass(frozen=True, order=True)
class Period:
    """`quarter` is 1 to 4, or 0 for the whole year. Its slug is as "2026" or "2026-q1"."""

    year: int
    quarter: int = 0

    @classmethod
    def parse(cls, slug: str) -> Self:
        """The period of a slug. Raises ValueError."""
        found = SLUG.fullmatch(slug)
        if found is None:
            raise ValueError(f"{slug!r} is no year or quarter")
        return cls(int(found[1]), int(found[2] or 0))

    @classmethod
    def last_complete(cls) -> Self:
        """The last quarter that is over."""
        today = timezone.localdate()
        quarter = (today.month - 1) // 3
        return cls(today.year, quarter) if quarter else cls(today.year - 1, 4)

    @property
    def slug(self) -> str:
        return f"{self.year}-q{self.quarter}" if self.quarter else str(self.year)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, 3 * self.quarter - 2 if self.quarter else 1, 1)

    @property
    def last(self) -> datetime.date:
        month = 3 * self.quarter if self.quarter else 12
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if not self.quarter:
            return str(self.year)
        months = {"first": MONTHS[self.first.month], "last": MONTHS[self.last.month]}
        return _("%(first)s to %(last)s %(year)d") % {**months, "year": self.year}
