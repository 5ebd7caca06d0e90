"""What the first page of the wall costs the database: random filters, orders and letters."""

from urllib.parse import urlencode

from pledges.organisations.models import Organisation
from pledges.wall.listing import PledgeQuery
from scripts.bench import pages
from scripts.bench.pages import Measured
from scripts.bench.questions import Questions

LIMIT = 100  # milliseconds of the database for a whole page
LETTERS = 2


def first_pages(questions: Questions, number: int) -> dict[str, list[str]]:
    """Return query strings of first pages: of filters in every order, and of letters of names."""
    names = [name for name in Organisation.objects.values_list("name", flat=True) if len(name) > 2]
    draw = questions.random

    def filters(kind: str) -> str:
        return urlencode(
            {**getattr(questions, kind)(), "sort": draw.choice(tuple(PledgeQuery.sorts))}
        )

    def letters() -> str:
        name = draw.choice(names)
        start = draw.randrange(len(name) - LETTERS + 1)
        return urlencode({"q": name[start : start + LETTERS]})

    return {
        "kept counts": [filters("counted") for _ in range(number)],
        "rows read": [filters("read") for _ in range(number)],
        "two letters": [letters() for _ in range(number)],
    }


def measure(questions: Questions, number: int) -> list[Measured]:
    """Return for each kind of page its times and the address that took longest."""
    kinds = first_pages(questions, number).items()
    return pages.measure({kind: [f"/pledges/?{q}" for q in some] for kind, some in kinds}, LIMIT)
