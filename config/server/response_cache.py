"""Tiles that were answered before are answered again without a thread or a query.

What Django answered is kept whole, by its address and all that its headers depend on. Whether it
still holds is asked of the database four times a second for a whole collection, so that a quiet
country costs nothing. Where counts have moved, only the tiles that hold such a place are let go:
on a busy day, too, most tiles cost nothing. Those that a filter chose are all let go, for what they
depend on may have changed anywhere. A fold comes each half second: what is shown is less than a
second old.
"""

import time
from asyncio import Future, ensure_future
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from config.server.counts_state import State
from config.server.fast_path import PATH
from geo.core.errors import NotFound
from geo.tiles.grid import Tile, tiles_over

FRESH = 0.25  # seconds for which the last state counts as that of now
LASTING = 60.0  # seconds a tile is kept: a theme's new name, say, moves no counts
MOST = 8192  # answers kept by a process
LARGEST = 64 * 1024  # bytes of one
METHODS = ("GET", "HEAD")
TRIES = 3  # who comes while others ask waits for their answer, and may need a later one
# What an answer to a tile may depend on, beside its address and whether gzip is understood.
READ = (b"host", b"x-forwarded-proto")
OF_NOW = (b"no-cache", b"max-age=0")
NOT_IN_304 = (b"content-length", b"content-type", b"content-encoding")
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Asked:
    """What is asked for. `tags` are those that the client has.

    Who wants the counts of this moment says so (RFC 9111, 5.2.1), as maps do when they are told of
    news, perhaps by another process.
    """

    key: tuple
    collection: str
    tile: Tile
    chosen: bool  # by a filter
    of_now: bool
    tags: list[bytes]


@dataclass(frozen=True)
class Kept:
    """What was answered, and when it was begun."""

    asked: Asked
    began: float
    tag: bytes
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Known:
    """A state, which the counts had at some time between these two."""

    state: State
    asked: float
    told: float


class Keeping:
    """An ASGI application before `app`; all it does not know it leaves to `app`.

    `ask(collection, known)` tells the state of a collection's counts, and what moved since.
    """

    def __init__(
        self,
        app: Callable,
        ask: Callable[[str, State | None], Awaitable[State]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app, self.ask, self.clock = app, ask, clock
        self.kept: OrderedDict[tuple, Kept] = OrderedDict()
        self.states: dict[str, Known] = {}
        self.asking: dict[str, Future] = {}
        self.moved = 0.0

    def anew(self) -> None:
        """Believe no state that was asked for before now: the counts have moved."""
        self.moved = self.clock()

    async def __call__(self, scope, receive, send) -> None:
        asked = _asked(scope)
        if asked is None:
            await self.app(scope, receive, send)
            return
        found = await self._found(asked)
        if found is None:
            await self.app(scope, receive, self._noting(asked, scope, send))
            return
        if found.tag in asked.tags:
            same = [each for each in found.headers if each[0] not in NOT_IN_304]
            await send({"type": "http.response.start", "status": 304, "headers": same})
            body = b""
        else:
            await send({"type": "http.response.start", "status": 200, "headers": found.headers})
            body = found.body
        await send({"type": "http.response.body", "body": b"" if _head(scope) else body})

    async def _found(self, asked: Asked) -> Kept | None:
        since = self.clock() if asked.of_now else 0.0
        for _ in range(TRIES):
            if self._fresh(asked.collection, since):
                break
            try:
                await self._look(asked.collection)
            except Exception:  # noqa: BLE001 - Django will meet the same, and answers it
                return None
        else:
            return None
        found = self.kept.get(asked.key)
        if found is None or self.clock() - found.began > LASTING:
            return None
        self.kept.move_to_end(asked.key)
        return found

    def _fresh(self, collection: str, since: float) -> bool:
        known = self.states.get(collection)
        if known is None or known.asked <= self.moved or known.asked < since:
            return False
        return self.clock() - known.asked <= FRESH

    async def _look(self, collection: str) -> None:
        """Ask for the state, once for all that wait for it, and let go of what has moved."""
        if collection not in self.asking:
            self.asking[collection] = ensure_future(self._look_alone(collection))
        await self.asking[collection]

    async def _look_alone(self, collection: str) -> None:
        asked, known = self.clock(), self.states.get(collection)
        try:
            state = await self.ask(collection, known.state if known else None)
        finally:
            del self.asking[collection]
        self.states[collection] = Known(state, asked, self.clock())
        if known is None or not state.same_as(known.state):
            self._let_go(collection, state)

    def _let_go(self, collection: str, state: State) -> None:
        anywhere = state.spots is None
        moved = {tile for spot in state.spots or () for tile in tiles_over(spot)}
        for key, each in list(self.kept.items()):
            asked, tile = each.asked, each.asked.tile
            if asked.collection == collection and (
                anywhere or asked.chosen or (tile.z, tile.code) in moved
            ):
                del self.kept[key]

    def _noting(self, asked: Asked, scope, send) -> Callable:
        """Pass an answer on, and keep it if it is a whole tile."""
        began, opening = self.clock(), {}

        async def note(message: dict) -> None:
            if message["type"] == "http.response.start":
                opening.update(message)
            elif not message.get("more_body") and opening and not _head(scope):
                self._note(asked, began, opening, message.get("body", b""))
            await send(message)

        return note

    def _note(self, asked: Asked, began: float, opening: dict, body: bytes) -> None:
        headers = opening["headers"]
        tag = _strong(dict(headers).get(b"etag", b""))
        if opening["status"] != 200 or not tag or len(body) > LARGEST:
            return
        # It may be of the counts before those that are known, which would not be noticed again.
        known = self.states.get(asked.collection)
        if known and began < known.told:
            return
        self.kept[asked.key] = Kept(asked, began, tag, headers, body)
        self.kept.move_to_end(asked.key)
        while len(self.kept) > MOST:
            self.kept.popitem(last=False)


def _asked(scope) -> Asked | None:
    """Return what is asked for; None: not one of these."""
    if not scope["path"].startswith(PATH) or scope["method"] not in METHODS:
        return None
    headers = dict(scope["headers"])
    path = scope.get("raw_path") or scope["path"].encode()
    try:
        _, _, collection, z, x, file = path.decode("ascii").split("/")
        tile = Tile.at(int(z), int(x), int(file.partition(".")[0]))
    except (ValueError, NotFound):
        return None
    if len(headers) != len(scope["headers"]):
        return None
    gzip = b"gzip" in headers.get(b"accept-encoding", b"")
    of_client = tuple(headers.get(name, b"") for name in READ)
    query = scope["query_string"]
    key = (path, query, scope.get("scheme"), gzip, *of_client)
    given = headers.get(b"if-none-match", b"")
    tags = [_strong(each.strip()) for each in given.split(b",")] if given else []
    of_now = any(word in headers.get(b"cache-control", b"").lower() for word in OF_NOW)
    return Asked(key, collection, tile, bool(query), of_now, tags)


def _strong(tag: bytes) -> bytes:
    return tag.removeprefix(b"W/")


def _head(scope) -> bool:
    return scope["method"] == "HEAD"
