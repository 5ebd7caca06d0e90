"""Sums of what is promised and done over an area or an organisation, for any period."""

from pledges.aggregates.matched import sums_of
from pledges.aggregates.scope import Scope
from pledges.aggregates.sums import LAYERS, Place, Sums

__all__ = ["LAYERS", "Place", "Scope", "Sums", "sums_of"]
