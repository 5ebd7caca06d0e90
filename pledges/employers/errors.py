"""Errors of proposals, each with a sentence for its editor or approver."""

from django.utils.translation import gettext as _

from geo.core.errors import GeoError


class BeingChanged(GeoError):
    """Another proposal about the same row is not approved yet."""

    code = "being-changed"

    def __init__(self) -> None:
        super().__init__(_("A change to this is already being written. Open that one instead."))


class NotNow(GeoError):
    """A proposal is not, or no longer, in the state for this."""

    code = "not-now"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has dealt with this meanwhile. Look at it again."))


class NoLongerFits(GeoError):
    """A proposal that was sent can no longer be published as it is."""

    code = "no-longer-fits"

    def __init__(self, reasons: str) -> None:
        message = _("This cannot be published as it is. Return it, so that it is mended.")
        super().__init__(f"{message} {reasons}".strip())
