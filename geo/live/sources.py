"""Layers whose changes are published as news: the registry NEWS_SOURCES.

A layer's triggers queue layer number, sign and key (`geo/counts/sql/publish_functions.sql`): 1
where a row becomes public, -1 where it no longer is, 0 where what is published changes. Layers that
are counted as well are a `Spec` instead of a `NewsSource`.
"""

from geo.core.registry import registered
from geo.counts.spec import NewsSource, Spec


def news_sources() -> tuple[NewsSource | Spec, ...]:
    """Return the sources that the settings name."""
    return registered("NEWS_SOURCES")
