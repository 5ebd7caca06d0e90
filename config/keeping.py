"""Tiles that were answered a moment ago are answered again without a thread or a query.

What Django answered is kept whole, by its address and all that its headers depend on, and is good
for as long as the counts are those of its ETag. Whether they still are is learned from the next
answer of Django's own: one in each FRESH seconds goes there, so that a quiet country costs nothing
and a busy one little. A fold comes each half second: what is shown is less than a second old.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from config.express import PATH

FRESH = 0.25  # seconds
MOST = 8192  # answers kept by a process
LARGEST = 64 * 1024  # bytes of one
METHODS = ("GET", "HEAD")
# What an answer to a tile may depend on, beside its address and whether gzip is understood.
READ = (b"host", b"x-forwarded-proto")
NOT_IN_304 = (b"content-length", b"content-type", b"content-encoding")
Headers = list[tuple[bytes, bytes]]


class Keeping:
    """An ASGI application before `app`; all it does not know it leaves to `app`."""

    def __init__(self, app: Callable, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.clock = app, clock
        self.kept: OrderedDict[tuple, tuple[bytes, Headers, bytes]] = OrderedDict()
        self.current: dict[bytes, tuple[bytes, float]] = {}
        self.moved = 0.0

    def anew(self) -> None:
        """Believe no answer that was begun before now: the counts have moved."""
        self.current.clear()
        self.moved = self.clock()

    async def __call__(self, scope, receive, send) -> None:
        asked = _asked(scope)
        if asked is None:
            await self.app(scope, receive, send)
            return
        key, collection, wanted = asked
        found = self._found(key, collection)
        if found is None:
            await self.app(scope, receive, self._noting(key, collection, scope, send))
            return
        tag, headers, body = found
        if wanted and tag in wanted:
            same = [each for each in headers if each[0] not in NOT_IN_304]
            await send({"type": "http.response.start", "status": 304, "headers": same})
            body = b""
        else:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if _head(scope) else body})

    def _found(self, key: tuple, collection: bytes) -> tuple[bytes, Headers, bytes] | None:
        found, now = self.kept.get(key), self.current.get(collection)
        if found is None or now is None or found[0] != now[0] or self.clock() - now[1] > FRESH:
            return None
        self.kept.move_to_end(key)
        return found

    def _noting(self, key: tuple, collection: bytes, scope, send) -> Callable:
        """Pass an answer on, and keep it if it is a whole tile."""
        began, opening = self.clock(), {}

        async def note(message: dict) -> None:
            if message["type"] == "http.response.start":
                opening.update(message)
            elif not message.get("more_body") and opening:
                self._note(key, collection, began, opening, message.get("body", b""), _head(scope))
            await send(message)

        return note

    def _note(
        self, key: tuple, collection: bytes, began: float, opening: dict, body: bytes, head: bool
    ) -> None:
        headers = opening["headers"]
        tag = _strong(dict(headers).get(b"etag", b""))
        if opening["status"] not in (200, 304) or not tag:
            return
        # An answer that was long on its way says nothing of now.
        if began >= self.current.get(collection, (b"", self.moved))[1]:
            self.current[collection] = (tag, began)
        if opening["status"] == 200 and not head and len(body) <= LARGEST:
            self.kept[key] = (tag, headers, body)
            self.kept.move_to_end(key)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)


def _asked(scope) -> tuple[tuple, bytes, list[bytes]] | None:
    """Return key, collection and form, and the tags that the client has; None: not of ours."""
    if not scope["path"].startswith(PATH) or scope["method"] not in METHODS:
        return None
    headers = dict(scope["headers"])
    path = scope.get("raw_path") or scope["path"].encode()
    parts = path.split(b"/")
    if len(parts) != 6 or len(headers) != len(scope["headers"]):
        return None
    gzip = b"gzip" in headers.get(b"accept-encoding", b"")
    of_client = tuple(headers.get(name, b"") for name in READ)
    key = (path, scope["query_string"], scope.get("scheme"), gzip, *of_client)
    given = headers.get(b"if-none-match", b"")
    wanted = [_strong(each.strip()) for each in given.split(b",")] if given else []
    return key, parts[2] + b"." + parts[5].partition(b".")[2], wanted


def _strong(tag: bytes) -> bytes:
    return tag.removeprefix(b"W/")


def _head(scope) -> bool:
    return scope["method"] == "HEAD"
