"""Questions about the staff survey, in the words of the domain."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Max, Q

from geo.areas.models import Area
from pledges.employers.models.placed import AtEmployerQuerySet
from pledges.employers.survey.statistics import Headline, Verdict

COUNTED = {
    word: Count("verdict", filter=Q(verdict=int(verdict)))
    for word, verdict in (
        ("improved", Verdict.IMPROVED),
        ("same", Verdict.SAME),
        ("worse", Verdict.WORSE),
        ("untested", Verdict.UNTESTED),
    )
}


class IndicatorSetQuerySet(models.QuerySet):
    def in_year(self, year: int) -> "models.Model | None":
        """The set that was asked in a year, or None before the first."""
        return self.filter(year__lte=year).order_by("-year").first()


class FindingQuerySet(AtEmployerQuerySet):
    def of(self, organisation: models.Model) -> "FindingQuerySet":
        return self.filter(organisation=organisation)

    def with_everything(self) -> "FindingQuerySet":
        return self.select_related("organisation", "indicator__set", "indicator__pledge")


class JudgedQuerySet(models.QuerySet):
    def in_year(self, year: int) -> "JudgedQuerySet":
        return self.filter(year=year)

    def newest_year(self) -> int | None:
        """The last year of which there is anything."""
        return self.aggregate(newest=Max("year"))["newest"]

    def about(self, pledge: models.Model) -> "JudgedQuerySet":
        """Those of the indicators that belong to a staff pledge."""
        return self.filter(indicator__pledge=pledge)

    def headline(self) -> Headline:
        """How many have which verdict."""
        return Headline(**self.order_by().aggregate(**COUNTED))

    def counted(self, *by: str) -> "JudgedQuerySet":
        """Tuples of the values of these columns and of how many have which verdict."""
        # Verdicts are counted and not keys, so that the index of a year answers alone.
        return self.order_by().values_list(*by).annotate(**COUNTED)

    def headlines(self, *by: str) -> dict[object, Headline]:
        """The headline for each value of a column or, of several, for each tuple of values."""
        keys = len(by)
        return {
            (row[0] if keys == 1 else row[:keys]): Headline(*row[keys:])
            for row in self.counted(*by)
        }

    def with_indicators(self) -> "JudgedQuerySet":
        return self.select_related("indicator__set", "indicator__pledge").order_by(
            "indicator__number"
        )


class ChangeQuerySet(JudgedQuerySet):
    def of(self, organisation: models.Model) -> "ChangeQuerySet":
        return self.filter(organisation=organisation)


class PlaceChangeQuerySet(JudgedQuerySet):
    def national(self) -> "PlaceChangeQuerySet":
        return self.filter(area__isnull=True)

    def of_areas(self, areas: Iterable[Area]) -> "PlaceChangeQuerySet":
        return self.filter(area__in=areas)
