"""The fictional employers: their names say that they are, and they have no ODS code.

All invented data about employers belongs to these, so that none is on the page of a real one.
"""

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.text import slugify

from geo.areas.models import Area
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption, Values
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.organisations.models import Organisation

Kind = Organisation.Kind
INVENTED = (Adoption, Values, Action, Proposal, BoardReport)
# Region, name, kind.
NAMES = (
    ("Y56", "Thameshaven Hospitals", Kind.TRUST),
    ("Y56", "Londinium Ambulance", Kind.AMBULANCE),
    ("Y58", "Tamarford Community Care", Kind.COMMUNITY),
    ("Y59", "Chalkdown Hospitals", Kind.TRUST),
    ("Y60", "Trentmere Mental Health", Kind.MENTAL_HEALTH),
    ("Y60", "Midvale Hospitals", Kind.TRUST),
    ("Y61", "Fenwick Levels Hospitals", Kind.TRUST),
    ("Y62", "Mersey Moss Hospitals", Kind.TRUST),
    ("Y63", "Wharfe and Tees Hospitals", Kind.TRUST),
    ("S92000003", "Glen Orrin Health Board", Kind.HEALTH_BOARD),
    ("W92000004", "Bryn Celyn Health Board", Kind.HEALTH_BOARD),
    ("N92000002", "Loughmore Care", Kind.HSC_TRUST),
)


def fictional_employers() -> QuerySet[Organisation]:
    """In the order in which they were created."""
    return Organisation.objects.filter(demo=True).order_by("pk")


@transaction.atomic
def seed_organisations() -> list[Organisation]:
    """Create those that are missing, each in the middle of a district of its region."""
    regions = {area.code: area for area in Area.objects.regions().without_boundaries()}
    for place, (code, name, kind) in enumerate(NAMES):
        region = regions.get(code)
        called = f"{name} (fictional)"
        slug = slugify(called)
        if region is None or Organisation.objects.filter(slug=slug).exists():
            continue
        districts = list(region.parts.order_by("code").without_boundaries())
        district = districts[place * 7 % len(districts)] if districts else None
        Organisation.objects.create(
            slug=slug,
            name=called,
            kind=kind,
            district=district,
            region=region,
            location=(district or region).label,
            demo=True,
        )
    return list(fictional_employers())


def remove_employers() -> None:
    """Remove them with all their data. One at which somebody pledged stays, without any."""
    for organisation in fictional_employers():
        try:
            with transaction.atomic():
                organisation.delete()
        except ProtectedError:
            for model in INVENTED:
                model._default_manager.filter(organisation=organisation).delete()
