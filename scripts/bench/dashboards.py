"""What a dashboard costs the database: any area or organisation, any period."""

from functools import partial
from urllib.parse import urlencode

from geo.areas.models import Area
from pledges.pledging.models import ChangeDay
from scripts.bench import pages
from scripts.bench.pages import Measured
from scripts.bench.questions import Questions

LIMIT = 50  # milliseconds of the database for a whole page


def measure(questions: Questions, number: int) -> list[Measured]:
    """Return for each kind of period its times and the address that took longest."""
    draw = questions.random
    change_days = ChangeDay.objects.filter(date__lte=questions.last).values_list("date", flat=True)
    days = [day.isoformat() for day in change_days]
    places = [f"/areas/{code}/dashboard/" for code in ("UK", *questions.areas)]
    places += [f"/organisations/{code}/dashboard/" for code in questions.organisations]
    # These are few, and cost most.
    large = Area.objects.current().exclude(kind=Area.Kind.DISTRICT).values_list("code", flat=True)
    wide = ["/areas/UK/dashboard/", *(f"/areas/{code}/dashboard/" for code in large)]

    def change_day() -> dict[str, str]:
        day = draw.choice(days)
        return {"since": day, "until": day}

    periods = {
        "all time": dict,
        "whole months": partial(questions.period, "months"),
        "any days": partial(questions.period, "days"),
        "a Change Day": change_day,
    }
    asked = {
        kind: [
            f"{draw.choice(draw.choice([places, wide]))}?{urlencode(period())}"
            for _ in range(number)
        ]
        for kind, period in periods.items()
    }
    return pages.measure(asked, LIMIT)
