"""A line to the database that a test can cut and mend, and the database be none the wiser."""

import contextlib
import socket
import threading
from pathlib import Path

from django.db import connection


class Line:
    """Passes bytes on from a port of this machine to the tests' database.

    `cut` closes the port and every connection, as a database that is stopped does; `mend` opens
    the same port again.
    """

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]

    def cut(self) -> None:
        _close(self._listener)
        for end in list(self._open):
            _close(end)

    def mend(self) -> None:
        self._listener = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = _to_database()
                self._open |= {near, far}
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while some := source.recv(65536):
                target.sendall(some)
        for end in (source, target):
            _close(end)
            self._open.discard(end)


def _close(end: socket.socket) -> None:
    """Wake whoever waits at it, which closing alone does not."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def _to_database() -> socket.socket:
    given = connection.settings_dict
    host, port = given["HOST"], given["PORT"] or 5432
    if not host.startswith("/"):
        return socket.create_connection((host or "127.0.0.1", int(port)))
    line = socket.socket(socket.AF_UNIX)
    line.connect(str(Path(host) / f".s.PGSQL.{port}"))
    return line
