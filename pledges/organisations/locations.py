"""Writing an organisation with its place, which its postcode or a point says; pledges follow."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from geo.areas import lookup
from geo.core.errors import OutsideUnitedKingdom
from pledges.organisations.loaders import placing
from pledges.organisations.models import Organisation


def place_by_postcode(organisation: Organisation) -> None:
    """Set point, district and region by the postcode; without one there is no place.

    Raises ValidationError for a postcode that the gazetteer has not.
    """
    code = "".join(organisation.postcode.split()).upper()
    spot = placing.find([code]).get(code) if code else None
    if code and spot is None:
        raise ValidationError({"postcode": _("There is no such postcode in our list.")})
    organisation.postcode = spot.postcode if spot else ""
    organisation.location = spot.location if spot else None
    organisation.district = spot.district if spot else None
    organisation.region = spot.region if spot else None


def place_by_point(organisation: Organisation) -> None:
    """Set district and region by the point. Raises ValidationError for one abroad."""
    if organisation.location is None:
        organisation.district = None
        return
    try:
        _on_land, areas = lookup.of_point(organisation.location)
    except OutsideUnitedKingdom as error:
        raise ValidationError({"location": error.description}) from error
    organisation.district, organisation.region = areas.district, areas.region


@transaction.atomic
def save_organisation(organisation: Organisation) -> None:
    """Write an organisation whose place is set; pledges shown at it move along."""
    organisation.save()
    placing.bring_pledges_along([organisation])
