"""What may go wrong when an employer's page is written, each with a sentence for its writer."""

from django.utils.translation import gettext as _

from geo.core.errors import GeoError


class BeingChanged(GeoError):
    """Somebody's proposal to change or remove the same thing is open."""

    code = "being-changed"

    def __init__(self) -> None:
        super().__init__(_("A change to this is already being written. Open that one instead."))


class NotNow(GeoError):
    """A proposal is not in the state in which this can be done to it."""

    code = "not-now"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has dealt with this meanwhile. Look at it again."))


class NoLongerFits(GeoError):
    """What was sent for approval cannot be published any more as it is."""

    code = "no-longer-fits"

    def __init__(self, reasons: str) -> None:
        said = _("This cannot be published as it is. Return it, so that it is mended.")
        super().__init__(f"{said} {reasons}".strip())
