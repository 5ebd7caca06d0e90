"""The one database connection on which a process waits for news: its own thread, outside Django.

NOTIFY says only that there is news; the entries are read from the log. Nothing depends on a
notification: where a pooler swallows them all, the log is read every two seconds anyway.
"""

import logging
import os
import selectors
import threading
from collections import deque
from collections.abc import Callable

import psycopg2
from psycopg2.extensions import connection, cursor

from geo.counts.fold import CHANNEL
from geo.live.log import read_id_range
from geo.live.messages import MOST_LISTED, Entry, Message, messages, reset

POLL_SECONDS, RETRY_SECONDS = 2, 1
READ = (
    "select id, collection, key, verb from geo_news where id > %s and id <= %s order by id limit %s"
)
NO_END = 2**63 - 1
log = logging.getLogger(__name__)
# Called on the thread with all messages after an id, and the id up to which they reach.
Answer = Callable[[list[Message], int], None]


class LogFollower(threading.Thread):
    """Calls `publish` with each message in the order of the log, starting at its end."""

    def __init__(
        self, connect: Callable[[], connection], publish: Callable[[Message], None]
    ) -> None:
        super().__init__(name="news", daemon=True)
        self._connect, self._publish = connect, publish
        self._last = 0
        self._started_reading = False
        self._requests: deque[tuple[int | None, Answer]] = deque()
        self._woken, self._waker = os.pipe()
        self._stopped = threading.Event()

    def request(self, since: int | None, answer: Answer) -> None:
        """Have `answer` called with the entries after an id; None: only with where the log ends."""
        self._requests.append((since, answer))
        os.write(self._waker, b"x")

    def stop(self) -> None:
        self._stopped.set()
        os.write(self._waker, b"x")

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._follow()
            except psycopg2.Error as error:
                reason = (str(error).splitlines() or ["the connection was closed"])[0]
                log.warning("Live news wait for the database: %s", reason)
                self._stopped.wait(RETRY_SECONDS)

    def _follow(self) -> None:
        line = self._connect()
        try:
            line.autocommit = True
            with line.cursor() as reader, selectors.DefaultSelector() as waiting:
                waiting.register(line, selectors.EVENT_READ)
                waiting.register(self._woken, selectors.EVENT_READ)
                reader.execute(f"listen {CHANNEL}")
                self._begin(reader)
                while not self._stopped.is_set():
                    self._catch_up(reader)
                    self._answer(reader)
                    for key, _ in waiting.select(POLL_SECONDS):
                        if key.fileobj == self._woken:
                            os.read(self._woken, 4096)
                    line.poll()
                    line.notifies.clear()
        finally:
            line.close()

    def _begin(self, reader: cursor) -> None:
        """Begin at the end of the log; continue where the last connection stopped.

        A log that ends before that point is another one: the database was restored from a backup.
        """
        _, newest = read_id_range(reader)
        if self._started_reading and self._last > newest:
            self._publish(reset(newest))
        self._last = min(self._last, newest) if self._started_reading else newest
        self._started_reading = True

    def _catch_up(self, reader: cursor) -> None:
        while entries := self._between(reader, self._last, NO_END):
            for message in messages(entries):
                self._publish(message)
            self._last = entries[-1][0]

    def _answer(self, reader: cursor) -> None:
        while self._requests:
            since, answer = self._requests.popleft()
            answer([] if since is None else self._after(reader, since), self._last)

    def _after(self, reader: cursor, since: int) -> list[Message]:
        oldest, _ = read_id_range(reader)
        if not oldest - 1 <= since <= self._last:
            return [reset(self._last)]
        entries = self._between(reader, since, self._last)
        return [reset(self._last)] if len(entries) > MOST_LISTED else list(messages(entries))

    def _between(self, reader: cursor, since: int, until: int) -> list[Entry]:
        reader.execute(READ, [since, until, MOST_LISTED + 1])
        return reader.fetchall()
