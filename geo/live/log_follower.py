"""The one database connection on which a process hears of news: a thread of its own, past Django.

NOTIFY says that there is news; what it is, is read from the log, so that nothing depends on a
notification: where a pooler in between swallows them all, the log is looked at every two seconds.
"""

import logging
import os
import selectors
import threading
from collections import deque
from collections.abc import Callable

import psycopg2
from psycopg2.extensions import connection

from geo.counts.fold import CHANNEL
from geo.live.log import read_id_range
from geo.live.messages import MOST_LISTED, Entry, Message, messages, reset

LOOK_SECONDS, RETRY_SECONDS = 2, 1
READ = (
    "select id, collection, key, verb from geo_news where id > %s and id <= %s order by id limit %s"
)
NO_END = 2**63 - 1
log = logging.getLogger(__name__)
# Called on the thread with all messages after an id, and the id from which `tell` goes on.
Answer = Callable[[list[Message], int], None]


class LogFollower(threading.Thread):
    """Calls `tell` with each message, in the order of the log, from its end on."""

    def __init__(self, connect: Callable[[], connection], tell: Callable[[Message], None]) -> None:
        super().__init__(name="news", daemon=True)
        self._connect, self._tell = connect, tell
        self._last: int | None = None
        self._asked: deque[tuple[int | None, Answer]] = deque()
        self._woken, self._waker = os.pipe()
        self._stopped = threading.Event()

    def ask(self, since: int | None, answer: Answer) -> None:
        """Have answered what the log holds after an id; None: only where it ends."""
        self._asked.append((since, answer))
        os.write(self._waker, b"x")

    def stop(self) -> None:
        self._stopped.set()
        os.write(self._waker, b"x")

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except psycopg2.Error as error:
                told = (str(error).splitlines() or ["the connection was closed"])[0]
                log.warning("Live news wait for the database: %s", told)
                self._stopped.wait(RETRY_SECONDS)

    def _listen(self) -> None:
        line = self._connect()
        try:
            line.autocommit = True
            with line.cursor() as cursor, selectors.DefaultSelector() as waiting:
                waiting.register(line, selectors.EVENT_READ)
                waiting.register(self._woken, selectors.EVENT_READ)
                cursor.execute(f"listen {CHANNEL}")
                self._begin(cursor)
                while not self._stopped.is_set():
                    self._catch_up(cursor)
                    self._answer(cursor)
                    for key, _ in waiting.select(LOOK_SECONDS):
                        if key.fileobj == self._woken:
                            os.read(self._woken, 4096)
                    line.poll()
                    line.notifies.clear()
        finally:
            line.close()

    def _begin(self, cursor) -> None:
        """Begin at the end of the log; go on where the last connection stopped.

        A log that ends before that is another one, of a database that was put back.
        """
        _, newest = read_id_range(cursor)
        if self._last is not None and self._last > newest:
            self._tell(reset(newest))
        self._last = newest if self._last is None else min(self._last, newest)

    def _catch_up(self, cursor) -> None:
        while entries := self._between(cursor, self._last, NO_END):
            for message in messages(entries):
                self._tell(message)
            self._last = entries[-1][0]

    def _answer(self, cursor) -> None:
        while self._asked:
            since, answer = self._asked.popleft()
            told = [] if since is None else self._after(cursor, since)
            answer(told, self._last)

    def _after(self, cursor, since: int) -> list[Message]:
        oldest, _ = read_id_range(cursor)
        if not oldest - 1 <= since <= self._last:
            return [reset(self._last)]
        entries = self._between(cursor, since, self._last)
        return [reset(self._last)] if len(entries) > MOST_LISTED else list(messages(entries))

    def _between(self, cursor, since: int, until: int) -> list[Entry]:
        cursor.execute(READ, [since, until, MOST_LISTED + 1])
        return cursor.fetchall()
