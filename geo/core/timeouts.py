"""Bound the time that one answer may cost the database."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg2.errors import QueryCanceled

from geo.core.errors import TooSlow

LIMITED = "SELECT set_config('statement_timeout', %s, true)"
ALONE = f"{LIMITED}, set_config('max_parallel_workers_per_gather', '0', true)"
Answer = TypeVar("Answer")
_asked: ContextVar[dict[tuple, object] | None] = ContextVar("asked", default=None)


@contextmanager
def bounded(milliseconds: int | None = None, *, helpers: bool = True) -> Iterator[None]:
    """Run the reads inside with a limit for each statement, by default STATEMENT_TIMEOUT_MS.

    Without `helpers` no statement is shared out among processes of the database: to start one
    takes longer than a page of features.

    SET LOCAL ends with the transaction: a plain SET would stay on the kept connection and bind
    the next request. A statement stopped at the limit raises TooSlow. Reads bounded already keep
    the limit that they have, unless another is given.
    """
    if _asked.get() is not None and milliseconds is None and helpers:
        yield
        return
    limit = settings.STATEMENT_TIMEOUT_MS if milliseconds is None else milliseconds
    outermost = _asked.get() is None
    if outermost:
        _asked.set({})
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(LIMITED if helpers else ALONE, [str(limit)])
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow(
                "This took too long. Ask for a smaller area or a shorter time."
            ) from error
        raise
    finally:
        if outermost:
            _asked.set(None)


def once(ask: Callable[..., Answer], *of: Hashable) -> Answer:
    """Return what `ask` answers of these; bounded reads ask it once, and all get the same."""
    asked = _asked.get()
    if asked is None:
        return ask(*of)
    if (ask, *of) not in asked:
        asked[ask, *of] = ask(*of)
    return asked[ask, *of]
