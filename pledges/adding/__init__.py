"""Sums of what is promised and done over an area or an organisation, for any period."""

from pledges.adding.matched import sums_of
from pledges.adding.scope import Scope
from pledges.adding.sums import LAYERS, Place, Sums

__all__ = ["LAYERS", "Place", "Scope", "Sums", "sums_of"]
