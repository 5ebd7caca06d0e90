"""Employers and the six staff pledges: the matrix, the story behind a cell, the overview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from geo.core import params
from geo.core.csv import download, dumps
from geo.core.timeouts import bounded
from geo.maps.shades import COLOURS
from pledges.employers.matrix.overview import Overview
from pledges.employers.matrix.places import of_places, places
from pledges.employers.matrix.query import BY, COLUMNS, SORTS, Asked, year_of
from pledges.employers.matrix.rows import Cell, rows
from pledges.employers.matrix.story import Story
from pledges.employers.matrix.years import years
from pledges.employers.models.actions import Action
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import IndicatorSet
from pledges.employers.views.guard import employer_of
from pledges.map import choices
from pledges.organisations.models import Organisation

ROWS = 25  # employers on a page
# Of the CSV file: they stay the same in every language.
HEADINGS = (
    *("year", "organisation", "name", "kind", "district", "region", "demo", "pledge"),
    *("adopted_on", "planned", "under_way", "done", "stopped", "overdue"),
    *("improved", "no_change", "worse", "not_tested"),
)


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Employers by staff pledges, a page of them; below, all of them by area and on a map."""
    with bounded():
        asked = Asked.read(request.GET)
        all_six = list(StaffPledge.objects.current())
        six = [asked.pledge] if asked.pledge else all_six
        found = rows(asked, six)
        areas = places(asked, found)
        pages = max(1, -(-len(found) // ROWS))
        page = min(asked.page, pages)
        context = {
            "asked": asked,
            "six": six,
            "rows": found[(page - 1) * ROWS : page * ROWS],
            "total": len(found),
            "page": page,
            "pages": pages,
            "before": asked.query_string(page=page - 1) if page > 1 else "",
            "after": asked.query_string(page=page + 1) if page < pages else "",
            "query": asked.query_string(),
            "places": areas,
            "map": of_places(asked, areas),
            "demo": any(row.organisation.demo for row in found),
            "set": IndicatorSet.objects.in_year(asked.year),
            "title": COLUMNS[asked.show],
            "heading": BY[asked.by],
            "shades": COLOURS,
            **_offered(all_six),
        }
        return render(request, "pledges/employers/matrix/matrix.html", context)


def _offered(six: list[StaffPledge]) -> dict:
    return {
        "years": years(),
        "areas": choices.areas(),
        "kinds": Organisation.Kind.choices,
        "all_pledges": six,
        "sorts": SORTS.items(),
        "columns": COLUMNS.items(),
        "bys": BY.items(),
    }


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The matrix as CSV (RFC 4180): a line for each employer and staff pledge."""
    with bounded():
        asked = Asked.read(request.GET)
        six = [asked.pledge] if asked.pledge else list(StaffPledge.objects.current())
        lines = [HEADINGS]
        for row in rows(asked, six):
            about = _about(row.organisation)
            for pledge, cell in row.across:
                if cell:
                    lines.append([asked.year, *about, pledge.slug, *_figures(cell)])
        return download(dumps(lines), f"employers-{asked.year}.csv")


def _about(organisation: Organisation) -> list[object]:
    district, region = organisation.district, organisation.region
    return [
        organisation.public_code,
        organisation.name,
        organisation.kind,
        district.code if district else "",
        region.code if region else "",
        str(organisation.demo),
    ]


def _figures(cell: Cell) -> list[object]:
    statuses = [cell.statuses[status] for status in Action.Status]
    survey = cell.survey
    moved = [survey.improved, survey.same, survey.worse, survey.untested]
    return [cell.adopted_on or "", *statuses, cell.overdue, *moved]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The headline of a year: nationally, by region, by staff pledge, and finding by finding."""
    params.reject_unknown(request.GET, ("year",))
    with bounded():
        found = Overview.of(year_of(request.GET))
        context = {
            "overview": found,
            "map": found.map(),
            "years": years(),
            "shades": COLOURS,
        }
        return render(request, "pledges/employers/matrix/overview.html", context)


@require_safe
def story(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """What is behind a cell: one employer, one staff pledge, one year."""
    params.reject_unknown(request.GET, ("year",))
    with bounded():
        organisation = employer_of(code)
        pledge = get_object_or_404(StaffPledge.objects.current(), slug=params.clean(slug))
        context = {
            "story": Story.of(organisation, pledge, year_of(request.GET)),
            "organisation": organisation,
            "years": years(),
        }
        return render(request, "pledges/employers/matrix/story.html", context)
