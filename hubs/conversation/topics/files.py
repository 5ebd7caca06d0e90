"""The report of a theme as files: CSV, and PDF for A4, with what the page says and no more."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from geo.core.csv import dumps
from geo.core.pdf import render
from hubs.conversation.topics.report import Report

HEAD = ("theme", "part", "name", "measure", "value", "link")
Line = tuple[object, ...]


def table(report: Report, site: str) -> str:
    """Return CSV: a line a number or text, each saying which part of the report."""
    return dumps([HEAD, *((report.theme.slug, *line) for line in lines_of(report, site))])


def lines_of(report: Report, site: str) -> Iterator[Line]:
    going = report.going
    for measure in ("posts", "replies", "answered"):
        yield ("counts", "", measure, getattr(going, measure), "")
    for name, posts in report.kinds:
        yield ("kinds", name, "posts", posts, "")
    for area, posts, replies in going.regions:
        link = _list(site, urlencode({"theme": report.theme.slug, "area": area.code}))
        yield ("regions", area.name, "posts", posts, link)
        yield ("regions", area.name, "replies", replies, link)
    for post in report.supported:
        yield ("supported", post.text, "supports", post.counts.supports, _post(site, post.pk))
    yield from _answered(report, site)
    for entry in report.heard:
        yield ("heard", entry.local_heard, "did", entry.local_did, "")
    for term in report.terms.most:
        yield ("terms", term.form, "posts", term.posts, _list(site, term.query))
    for term in report.terms.rising:
        yield ("rising", term.form, "lately", term.lately, _list(site, term.query))


def _answered(report: Report, site: str) -> Iterator[Line]:
    for one in report.answered:
        link = _post(site, one.post.pk)
        if one.answer:
            yield ("answered", one.post.text, one.answer.spoken_by, one.answer.text, link)
        if one.post.closed:
            yield ("answered", one.post.text, "result", one.post.result, link)


def _list(site: str, query: str) -> str:
    return f"{site}{reverse('talk-posts')}?{query}"


def _post(site: str, key: int) -> str:
    return site + reverse("talk-post", args=[key])


def pdf(report: Report, site: str) -> bytes:
    """Return the report for A4 as PDF/UA-1, tagged. Raises PdfUnavailable."""
    context = {"report": report, "theme": report.theme, "site": site, "now": timezone.now()}
    return render("hubs/conversation/report_sheet.html", context)
