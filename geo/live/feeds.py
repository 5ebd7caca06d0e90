"""Layers that are published live beside pledges: the registry FEEDS.

A layer's triggers queue layer number, sign and key (`geo/counts/sql/publish_functions.sql`): 1
where a row becomes public, -1 where it no longer is, 0 where what is published changes. Layers that
are counted as well are a `Spec` instead of a `Feed`.
"""

from geo.core.registry import registered
from geo.counts.spec import Feed, Spec


def feeds() -> tuple[Feed | Spec, ...]:
    return registered("FEEDS")
