"""What dashboards add to the pages of pledges and organisations: links to them."""

from dataclasses import dataclass

from django.urls import reverse

from pledges.organisations.models import Organisation
from pledges.sections import Section, Subject


@dataclass(frozen=True)
class Link:
    name: str
    address: str


def dashboard_section(subject: Subject) -> Section | None:
    """The organisation's own dashboard, and that of the district or region."""
    links = []
    if isinstance(subject, Organisation):
        address = reverse("organisation-dashboard", args=[subject.public_code])
        links.append(Link(subject.name, address))
    if area := subject.district or subject.region:
        links.append(Link(area.local_name, reverse("area-dashboard", args=[area.code])))
    return Section("hubs/dashboards/section.html", links) if links else None
