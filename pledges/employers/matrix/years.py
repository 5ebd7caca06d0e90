"""The years of which there is anything to say: of the survey, of adoptions, of actions."""

from django.db.models import Min
from django.utils import timezone

from pledges.employers.models.actions import Action
from pledges.employers.models.adopting import Adoption
from pledges.employers.models.survey import Finding

FIRST = 2000


def years() -> list[int]:
    """Years to choose from, the newest first; this year is always among them."""
    this = timezone.localdate().year
    survey = Finding.objects.aggregate(first=Min("year"))["first"]
    days = (
        Adoption.objects.aggregate(first=Min("adopted_on"))["first"],
        Action.objects.aggregate(first=Min("start"))["first"],
    )
    begun = [year for year in (survey, *(day and day.year for day in days)) if year]
    return list(range(this, max(FIRST, min([this, *begun])) - 1, -1))
