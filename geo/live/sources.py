"""Layers whose changes are published as news: the setting NEWS_SOURCES.

A layer's triggers queue layer number, sign and key (`geo/counts/sql/publish_functions.sql`): 1
where a row becomes public, -1 where it no longer is, 0 where what is published changes. Layers that
are counted as well are a `Spec` instead of a `NewsSource`.
"""

import functools

from django.conf import settings
from django.utils.module_loading import import_string

from geo.counts.spec import NewsSource, Spec


def news_sources() -> tuple[NewsSource | Spec, ...]:
    """Return the sources that the settings name."""
    return _news_sources(tuple(settings.NEWS_SOURCES))


@functools.cache
def _news_sources(names: tuple[str, ...]) -> tuple[NewsSource | Spec, ...]:
    return tuple(import_string(name) for name in names)
