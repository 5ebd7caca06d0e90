"""Employers by the six staff pledges: the matrix, the details behind a cell, the overview."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from geo.core import params
from geo.core.csv import download, dumps
from geo.core.timeouts import bounded
from geo.maps.shades import COLOURS
from pledges.employers.matrix.areas import area_map, by_area
from pledges.employers.matrix.overview import Overview
from pledges.employers.matrix.query import BY, COLUMNS, SORTS, MatrixQuery, year_of, years
from pledges.employers.matrix.rows import Cell, rows
from pledges.employers.matrix.story import Story
from pledges.employers.models.actions import Action
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import IndicatorSet
from pledges.map import choices
from pledges.organisations.models import Organisation
from pledges.organisations.views import organisation_of

SIZE = 25  # employers on a page
# Of the CSV file: the same in every language.
HEADINGS = (
    *("year", "organisation", "name", "kind", "district", "region", "demo", "pledge"),
    *("adopted_on", "planned", "under_way", "done", "stopped", "overdue"),
    *("improved", "no_change", "worse", "not_tested"),
)


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Employers by staff pledges, a page of them; below, all of them by area and on a map."""
    with bounded():
        query = MatrixQuery.parse(request.GET)
        six = list(StaffPledge.objects.current())
        pledges = [query.pledge] if query.pledge else six
        found = rows(query, pledges)
        areas = by_area(query, found)
        page = Paginator(found, SIZE).get_page(query.page)
        context = {
            "query": query,
            "pledges": pledges,
            "page": page,
            "previous": query.query_string(page=page.number - 1),
            "next": query.query_string(page=page.number + 1),
            "summaries": areas,
            "map": area_map(query, areas),
            "demo": any(row.organisation.demo for row in found),
            "set": IndicatorSet.objects.in_year(query.year),
            "title": COLUMNS[query.show],
            "heading": BY[query.by],
            "shades": COLOURS,
            "years": years(),
            "areas": choices.areas(),
            "kinds": Organisation.Kind.choices,
            "six": six,
            "sorts": SORTS.items(),
            "columns": COLUMNS.items(),
            "bys": BY.items(),
        }
        return render(request, "pledges/employers/matrix/matrix.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The matrix as CSV (RFC 4180): a line for each employer and staff pledge."""
    with bounded():
        query = MatrixQuery.parse(request.GET)
        pledges = [query.pledge] if query.pledge else list(StaffPledge.objects.current())
        lines: list[tuple[Any, ...]] = [HEADINGS]
        for row in rows(query, pledges):
            employer = _employer_columns(row.organisation)
            for pledge, cell in row.columns:
                if cell:
                    lines.append((query.year, *employer, pledge.slug, *_figure_columns(cell)))
        return download(dumps(lines), f"employers-{query.year}.csv")


def _employer_columns(organisation: Organisation) -> tuple[str, ...]:
    district, region = organisation.district, organisation.region
    return (
        organisation.public_code,
        organisation.name,
        organisation.kind,
        district.code if district else "",
        region.code if region else "",
        str(organisation.demo),
    )


def _figure_columns(cell: Cell) -> tuple[Any, ...]:
    statuses = [cell.statuses[status] for status in Action.Status]
    survey = cell.survey
    counts = (survey.improved, survey.same, survey.worse, survey.untested)
    return (cell.adopted_on or "", *statuses, cell.overdue, *counts)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The headline of a year: nationally, by region, by staff pledge, and finding by finding."""
    params.reject_unknown(request.GET, ("year",))
    with bounded():
        found = Overview.of(year_of(request.GET))
        context = {"overview": found, "map": found.map(), "years": years(), "shades": COLOURS}
        return render(request, "pledges/employers/matrix/overview.html", context)


@require_safe
def story(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The details behind a cell: one employer, one staff pledge, one year."""
    params.reject_unknown(request.GET, ("year",))
    with bounded():
        organisation = organisation_of(code)
        pledge = get_object_or_404(StaffPledge.objects.current(), slug=params.clean(slug))
        found = Story.of(organisation, pledge, year_of(request.GET))
        context = {"story": found, "organisation": organisation, "years": years()}
        return render(request, "pledges/employers/matrix/story.html", context)
