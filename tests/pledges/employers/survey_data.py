"""Two years of the survey for the shared organisations, with an adoption and two actions."""

import datetime

from pledges.employers import loaders as loading
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Finding, Indicator
from pledges.employers.survey import importing
from pledges.employers.survey import loaders as survey_loading
from pledges.organisations.models import Organisation
from tests.factories import Ground

DAY = datetime.date(2014, 3, 3)
NUMBERS = (1, 2, 5, 6, 7)


def two_years(ground: Ground) -> Ground:
    """The hospital (West) improves, the clinic (East) gets worse; nowhere has two actions alone."""
    loading.load(lambda words: None, force=True)
    survey_loading.load(lambda words: None, force=True)
    six = {pledge.number: pledge for pledge in StaffPledge.objects.current()}
    save_percentages(2013, {ground.hospital: 50, ground.clinic: 50})
    save_percentages(2014, {ground.hospital: 70, ground.clinic: 30})
    Adoption.objects.create(
        organisation=ground.hospital, pledge=six[2], adopted_on=DAY, lead="Director of people"
    )
    for number, status in ((1, "planned"), (2, "done")):
        made = Action.objects.create(
            organisation=ground.nowhere,
            title=f"Action {number}",
            description="Something",
            owner="Matron",
            start=DAY,
            due=DAY,
            status=status,
            ended_on=DAY if status == "done" else None,
        )
        made.pledges.set([six[1], six[number]])
    return ground


def save_percentages(year: int, values: dict[Organisation, float]) -> None:
    """Some key findings in percentages, of 400 answers each."""
    indicators = Indicator.objects.filter(set__year=2013, number__in=NUMBERS)
    importing.save_findings(
        year,
        [
            Finding(year=year, organisation=one, indicator=indicator, value=value, n=400)
            for one, value in values.items()
            for indicator in indicators
        ],
    )
