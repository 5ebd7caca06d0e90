"""What dashboards add to the pages of pledges and organisations: the way to them."""

from dataclasses import dataclass

from django.urls import reverse

from pledges.organisations.models import Organisation
from pledges.sections import Section, Subject


@dataclass(frozen=True)
class Way:
    name: str
    address: str


def dashboard_section(subject: Subject) -> Section | None:
    """The organisation's own dashboard, and that of the district or region."""
    ways = []
    if isinstance(subject, Organisation):
        address = reverse("organisation-dashboard", args=[subject.public_code])
        ways.append(Way(subject.name, address))
    if area := subject.district or subject.region:
        ways.append(Way(area.local_name, reverse("area-dashboard", args=[area.code])))
    return Section("hubs/dashboards/section.html", ways) if ways else None
