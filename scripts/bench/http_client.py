"""A client that costs little: what it takes away from the server would be in every figure."""

import socket
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus

PATIENCE = 120  # seconds for one answer
PIECE = 1 << 18
GOOD = (HTTPStatus.OK, HTTPStatus.NO_CONTENT)  # an empty tile may be nothing at all
HEAD_END, LINE = b"\r\n\r\n", b"\r\n"


class WrongAnswer(Exception):
    """A server answered otherwise than it was meant to."""


class Connection:
    """A persistent connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.left = b""

    def get(self, path: str, accept: str = "") -> tuple[int, int]:
        """Return status and length of the body. Raises WrongAnswer where none comes whole."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.left = b""
        wanted = f"Accept: {accept}\r\n" if accept else ""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{wanted}\r\n".encode())
        try:
            return self._answer(path)
        except OSError as error:
            self.close()
            raise WrongAnswer(f"{path}: {error}") from error

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def _answer(self, path: str) -> tuple[int, int]:
        head = self._until(HEAD_END).lower()
        status = int(head[9:12])
        if b"transfer-encoding: chunked" in head:
            length = self._chunks()
        elif b"content-length: " in head:
            length = int(head.split(b"content-length: ")[1].split(LINE)[0])
            self._skip(length)
        elif status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
            length = 0
        else:
            raise WrongAnswer(f"{path}: an answer without a length")
        if b"connection: close" in head:
            self.close()
        return status, length

    def _more(self) -> bytes:
        piece = self.socket.recv(PIECE) if self.socket else b""
        if not piece:
            raise ConnectionError("the answer broke off")
        return piece

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.left:
            self.left += self._more()
        found, _, self.left = self.left.partition(mark)
        return found

    def _skip(self, length: int) -> None:
        had = len(self.left)
        if had >= length:
            self.left = self.left[length:]
            return
        while had < length:
            piece = self._more()
            had += len(piece)
        self.left = piece[len(piece) - (had - length) :]

    def _chunks(self) -> int:
        total = 0
        while size := int(self._until(LINE).partition(b";")[0], 16):
            self._skip(size + len(LINE))
            total += size
        self._until(LINE)
        return total


@dataclass
class Timings:
    """What one round of questions found: milliseconds and bytes of each answer."""

    milliseconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


def time_each(port: int, paths: list[str]) -> Timings:
    """Ask each in turn over one connection. Raises WrongAnswer for whatever is no answer."""
    link, found = Connection(port), Timings()
    for path in paths:
        start = time.perf_counter()
        status, length = link.get(path)
        found.milliseconds.append((time.perf_counter() - start) * 1000)
        found.sizes.append(length)
        if status not in GOOD:
            raise WrongAnswer(f"{path} answered {status}")
    link.close()
    return found


def rate_of(port: int, paths: list[str], clients: int, seconds: float) -> float:
    """Return answers a second over so many persistent connections, each beginning elsewhere."""
    numbers, wrong = [0] * clients, []
    until = time.monotonic() + seconds

    def ask(client: int) -> None:
        link = Connection(port)
        at = client * len(paths) // clients
        try:
            while time.monotonic() < until:
                path = paths[(at + numbers[client]) % len(paths)]
                status, _ = link.get(path)
                if status not in GOOD:
                    raise WrongAnswer(f"{path} answered {status}")
                numbers[client] += 1
        except WrongAnswer as error:
            wrong.append(error)
        link.close()

    start = time.monotonic()
    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return sum(numbers) / (time.monotonic() - start)
