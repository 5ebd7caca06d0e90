"""Bound the time that one answer may cost the database."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg2.errors import QueryCanceled

from geo.core.errors import TooSlow

ALONE = {"max_parallel_workers_per_gather": "0"}
Answer = TypeVar("Answer")
_answers: ContextVar[dict[tuple, object] | None] = ContextVar("answers", default=None)


@contextmanager
def local_settings(values: Mapping[str, str]) -> Iterator[None]:
    """Run a transaction, or a part of one, with settings of the database that end with it.

    SET LOCAL holds until the outermost transaction ends: where the block is a part of another, a
    savepoint, its settings are put back after it. (A savepoint that is rolled back does so itself.)
    """
    within = connection.in_atomic_block
    with transaction.atomic():
        before = _set(values)
        yield
    # Where the outer transaction can only be rolled back, no more statements are taken.
    if within and not connection.needs_rollback:
        _set(before)


def _set(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Set settings for this transaction (None: the default); return what they were before."""
    now = ["current_setting(%s, true)"] * len(values)
    then = ["set_config(%s, %s, true)"] * len(values)
    pairs = [word for pair in values.items() for word in pair]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(now + then)}", [*values, *pairs])
        return dict(zip(values, cursor.fetchone(), strict=False))


@contextmanager
def bounded(milliseconds: int | None = None, *, helpers: bool = True) -> Iterator[None]:
    """Run the reads inside with a limit for each statement, by default STATEMENT_TIMEOUT_MS.

    Without `helpers` no statement is shared out among processes of the database: to start one
    takes longer than a page of features.

    The limit ends with the block: a plain SET would stay on the connection and bind the next
    request. A statement stopped at the limit raises TooSlow. Reads bounded already keep
    the limit that they have, unless another is given.
    """
    if _answers.get() is not None and milliseconds is None and helpers:
        yield
        return
    limit = settings.STATEMENT_TIMEOUT_MS if milliseconds is None else milliseconds
    values = {"statement_timeout": str(limit)} | ({} if helpers else ALONE)
    outermost = _answers.get() is None
    if outermost:
        _answers.set({})
    try:
        with local_settings(values):
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow(
                "This took too long. Ask for a smaller area or a shorter time."
            ) from error
        raise
    finally:
        if outermost:
            _answers.set(None)


def once(read: Callable[..., Answer], *of: Hashable) -> Answer:
    """Return `read(*of)`; inside bounded reads it is called once for the same arguments."""
    answers = _answers.get()
    if answers is None:
        return read(*of)
    if (read, *of) not in answers:
        answers[read, *of] = read(*of)
    return cast("Answer", answers[read, *of])
