"""What there is to see on the site that the browser visits: the true areas, a few true places."""

import datetime
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.utils import timezone

from geo.areas.models import Area
from geo.counts.fold import fold
from geo.geocoding.models import Postcode
from geo.loaders import areas, outcodes
from hubs.hub.loaders import load_hubs
from pledges.organisations.loaders.reference import load_change_days, load_themes
from pledges.organisations.models import Organisation
from pledges.pledging import actions
from pledges.pledging.models import SPEC, Pledge, Theme
from tests.factories import make_organisation

LEEDS, SOUTHAMPTON = "E08000035", "E06000045"
# A hospital in Leeds, streets around it and one apart; an outcode in Southampton.
POSTCODES = (
    ("LS97TF", -1.5208, 53.8067, LEEDS),
    ("LS97TA", -1.5150, 53.8040, LEEDS),
    ("LS98AA", -1.5080, 53.8010, LEEDS),
    ("LS96AB", -1.5250, 53.8130, LEEDS),
    ("LS81AA", -1.5000, 53.8250, LEEDS),
    ("SO140AA", -1.3960, 50.9030, SOUTHAMPTON),
    ("SO140AB", -1.3990, 50.9050, SOUTHAMPTON),
    ("SO141AA", -1.4020, 50.9080, SOUTHAMPTON),
)
THEMES = ("care", "integration", "attitude", "perspectives", "patients", "staff")
# What a person might write to try the site's temper.
HOSTILE = '<script>document.title="owned"</script><b>I will</b> "listen" & {{ learn }} ${more}'
LONG = "I will write a very long pledge " + "and say it once more " * 20


@dataclass(frozen=True)
class World:
    """The hospital began with 25 pledges at its spot, the clinic with 5.

    The numbers are those of the moment: other journeys add pledges.
    """

    hospital: Organisation
    clinic: Organisation
    lone: Pledge

    @property
    def on_map(self) -> int:
        return Pledge.objects.public().on_map().count()

    @property
    def total(self) -> int:
        return Pledge.objects.public().count()


def build() -> World:
    """Write areas, hubs, themes, postcodes, two organisations and their pledges; count them."""
    quiet = [].append
    areas.load_shipped(quiet)
    load_themes(quiet)
    load_change_days(quiet)
    load_hubs(quiet)
    Postcode.objects.bulk_create(
        Postcode(code=code, location=Point(x, y, srid=4326), district_code=district, live=True)
        for code, x, y, district in POSTCODES
    )
    outcodes.rebuild()
    leeds = Area.objects.districts().get(code=LEEDS)
    southampton = Area.objects.districts().get(code=SOUTHAMPTON)
    hospital = make_organisation("RR8", "Leeds Infirmary", (-1.5219, 53.8062), leeds)
    clinic = make_organisation(
        "RHX",
        "Southampton Society for the Improvement of Everything That Can Be Improved",
        (-1.3975, 50.9040),
        southampton,
    )
    for number in range(25):
        pledge(THEMES[number % 6], f"Hospital pledge {number}", number, organisation=hospital)
    for number in range(5):
        pledge(THEMES[number], f"Clinic pledge {number}", number, organisation=clinic)
    lone = pledge("care", HOSTILE, 1, outcode="LS8")
    pledge("staff", LONG.strip()[:500], 2, outcode="SO14")
    for number in range(4):
        pledge("care", f"Region pledge {number}", number, region=leeds.parent)
    for number in range(3):
        pledge("patients", f"Pledge without a place {number}", number)
    fold(SPEC)
    return World(hospital, clinic, lone)


def pledge(
    theme: str,
    text: str,
    days_ago: int,
    *,
    organisation: Organisation | None = None,
    outcode: str = "",
    region: Area | None = None,
) -> Pledge:
    """Make a demo pledge some days ago, shown where the rest suggests."""
    if organisation:
        show = Pledge.Show.ORGANISATION
    elif outcode:
        show = Pledge.Show.OUTCODE
    else:
        show = Pledge.Show.REGION if region else Pledge.Show.NONE
    made = actions.make_pledge(
        text=text,
        theme=Theme.objects.get(slug=theme),
        show=show,
        organisation=organisation,
        outcode=outcode,
        region=region,
        display_name="Alice",
    )
    created = timezone.now() - datetime.timedelta(days=days_ago + 1)
    Pledge.objects.filter(pk=made.pk).update(created_at=created, demo=True)
    made.refresh_from_db()
    return made
