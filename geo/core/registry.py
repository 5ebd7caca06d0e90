"""Objects that apps register with the layers below them, by dotted names in `config.registries`.

A layer reads what others registered without importing them:

    for section in registered("PLEDGE_SECTIONS"): ...
"""

import functools
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string


def registered(registry: str) -> tuple[Any, ...]:
    """Return the objects of one of the settings' REGISTRIES, in their order.

    Raises KeyError for a registry that does not exist, ImportError for a wrong dotted name; the
    system check below reports both before the site starts.
    """
    return _import_all(tuple(settings.REGISTRIES[registry]))


# By the names themselves, so that a test that changes the setting gets what it names.
@functools.cache
def _import_all(dotted_names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(import_string(dotted) for dotted in dotted_names)


def check_registries(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Report every dotted name of a registry that does not lead to an object."""
    return [
        error
        for registry, dotted_names in settings.REGISTRIES.items()
        for dotted in dotted_names
        if (error := _check(registry, dotted))
    ]


def _check(registry: str, dotted: str) -> CheckMessage | None:
    try:
        import_string(dotted)
    except ImportError as error:
        return Error(
            f"{dotted!r}, registered as one of {registry}, cannot be imported: {error}.",
            hint="Correct its name in config/registries.py.",
            id="changemap.E002",
        )
    return None
