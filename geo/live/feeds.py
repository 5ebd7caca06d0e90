"""Layers that are told of beside those that are counted: the settings' FEEDS.

A layer's triggers queue layer number, sign and key (`geo/counts/sql/publish_functions.sql`): 1
where a row becomes public, -1 where it no longer is, 0 where what is published changes. Layers that
are counted as well are a `Spec` instead of a `Feed`.
"""

import functools

from django.conf import settings
from django.utils.module_loading import import_string

from geo.counts.spec import Feed, Spec


def feeds() -> tuple[Feed | Spec, ...]:
    return _feeds(tuple(settings.FEEDS))


@functools.cache
def _feeds(names: tuple[str, ...]) -> tuple[Feed | Spec, ...]:
    return tuple(import_string(name) for name in names)
