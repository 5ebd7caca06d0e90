"""Someone who listens to live news over a socket, as a browser's EventSource does."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass

PATIENCE = 30  # seconds until something that should be said has not been


@dataclass(frozen=True)
class Heard:
    """One event: its id, its name and its data."""

    id: int
    name: str
    data: dict


class Ear:
    """An open answer of /api/live; `hear` returns the next event."""

    def __init__(self, port: int, query: str = "", **headers: str) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        asked = {"Host": "localhost", "Accept": "text/event-stream", **headers}
        words = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
        self.line.sendall(f"GET /api/live{query} HTTP/1.1\r\n{words}\r\n".encode())
        self.stream = self.line.makefile("rb")
        self.status = int(self.stream.readline().split()[1])
        self.headers = dict(self._headers())
        self._events = self._read()

    def _headers(self) -> Iterator[tuple[str, str]]:
        while line := self.stream.readline().decode().strip():
            name, _, value = line.partition(":")
            yield name.lower(), value.strip()

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.stream.readline() or b"0", 16):
            yield self.stream.read(size)
            self.stream.readline()

    def _read(self) -> Iterator[Heard]:
        held = b""
        for chunk in self._chunks():
            *whole, held = (held + chunk).split(b"\n\n")
            for block in whole:
                fields = dict(line.split(": ", 1) for line in block.decode().splitlines())
                if "event" in fields:
                    data = json.loads(fields["data"])
                    yield Heard(int(fields["id"]), fields["event"], data)

    def hear(self) -> Heard | None:
        """Return the next event; None where the answer has ended."""
        return next(self._events, None)

    def until(self, name: str) -> list[Heard]:
        """Return what is heard up to the first event of this name, which comes last."""
        found = [self.hear()]
        while found[-1].name != name:
            found.append(self.hear())
        return found

    def body(self) -> dict:
        return json.loads(self.stream.read(int(self.headers["content-length"])))

    def close(self) -> None:
        self.stream.close()
        self.line.close()

    def __enter__(self) -> "Ear":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
