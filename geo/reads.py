"""Bound the time that one answer may cost the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg2.errors import QueryCanceled

from geo.errors import TooSlow

LIMITED = "SELECT set_config('statement_timeout', %s, true)"
ALONE = f"{LIMITED}, set_config('max_parallel_workers_per_gather', '0', true)"
Answer = TypeVar("Answer")
_asked: ContextVar[dict[Callable, object] | None] = ContextVar("asked", default=None)


@contextmanager
def bounded(milliseconds: int | None = None, *, helpers: bool = True) -> Iterator[None]:
    """Run the reads inside with a limit for each statement, by default STATEMENT_TIMEOUT_MS.

    Without `helpers` no statement is shared out among processes of the database: to start one
    takes longer than a page of features.

    SET LOCAL ends with the transaction: a plain SET would stay on the kept connection and bind
    the next request. A statement stopped at the limit raises TooSlow.
    """
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


def once(ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` answers; within bounded reads it is asked once, and is the same for all."""
    asked = _asked.get()
    if asked is None:
        return ask()
    if ask not in asked:
        asked[ask] = ask()
    return asked[ask]
