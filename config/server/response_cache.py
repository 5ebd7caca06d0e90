"""A cache of tiles in the ASGI server: a hit needs no thread and no query.

Whole responses of Django are stored by their address and every request header that they depend on.
Whether they still hold is asked of the database four times a second for each layer, so that a quiet
map costs nothing. Where counts have moved, only the tiles that hold such a place are evicted: on a
busy day, too, most tiles are hits. Tiles of a filter are all evicted, for what they depend on may
have changed anywhere. Changes are folded each half second: what is shown is less than a second old.
"""

import time
from asyncio import Future, ensure_future
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from a2wsgi.asgi_typing import (
    ASGIApp,
    HTTPResponseStartEvent,
    HTTPScope,
    Receive,
    Scope,
    Send,
    SendEvent,
)

from config.server.counts_state import CountsState
from config.server.fast_path import TILES
from geo.core.errors import NotFound
from geo.tiles.grid import Tile, tiles_over

STATE_SECONDS = 0.25  # for which a state that was read counts as that of now
RESPONSE_SECONDS = 60.0  # for which a tile is stored: a theme's new name, say, moves no counts
MAX_RESPONSES = 8192  # stored by a process
MAX_BYTES = 64 * 1024  # of one response
METHODS = ("GET", "HEAD")
TRIES = 3  # a request that waits for the state that another reads may need a later one
# What a tile may depend on, beside its address and whether gzip is understood.
VARY_HEADERS = (b"host", b"x-forwarded-proto")
REVALIDATE = (b"no-cache", b"max-age=0")
NOT_IN_304 = (b"content-length", b"content-type", b"content-encoding")
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class TileRequest:
    """A request for a tile. `etags` are those of the representations that the client has.

    Who wants the counts of this moment asks to `revalidate` (RFC 9111, 5.2.1), as maps do when
    they receive live news, perhaps from another process.
    """

    key: tuple
    layer: str
    tile: Tile
    filtered: bool
    revalidate: bool
    etags: list[bytes]


@dataclass(frozen=True)
class CachedResponse:
    """A response, and when its request came."""

    request: TileRequest
    requested_at: float
    etag: bytes
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class LayerState:
    """A state that a layer's counts had at some moment between these two."""

    state: CountsState
    requested_at: float
    received_at: float


class ResponseCache:
    """An ASGI application in front of `app`, which answers all that is not stored.

    `read_state(layer, known)` reads the state of a layer's counts, and what moved since `known`.
    """

    def __init__(
        self,
        app: ASGIApp,
        read_state: Callable[[str, CountsState | None], Awaitable[CountsState]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app, self.read_state, self.clock = app, read_state, clock
        self.responses: OrderedDict[tuple, CachedResponse] = OrderedDict()
        self.states: dict[str, LayerState] = {}
        self.pending: dict[str, Future] = {}
        self.invalidated_at = 0.0

    def invalidate_states(self) -> None:
        """Trust no state that was requested before now: the counts have moved."""
        self.invalidated_at = self.clock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = _tile_request(scope) if scope["type"] == "http" else None
        if request is None:
            await self.app(scope, receive, send)
            return
        head = _is_head(scope)
        found = await self._lookup(request)
        if found is None:
            await self.app(scope, receive, send if head else self._storing(request, send))
            return
        if found.etag in request.etags:
            same = [each for each in found.headers if each[0] not in NOT_IN_304]
            await send({"type": "http.response.start", "status": 304, "headers": same})
            body = b""
        else:
            await send({"type": "http.response.start", "status": 200, "headers": found.headers})
            body = found.body
        await send({"type": "http.response.body", "body": b"" if head else body})

    async def _lookup(self, request: TileRequest) -> CachedResponse | None:
        since = self.clock() if request.revalidate else 0.0
        for _ in range(TRIES):
            if self._is_fresh(request.layer, since):
                break
            try:
                await self._refresh(request.layer)
            except Exception:  # noqa: BLE001 - Django will meet the same, and answers it
                return None
        else:
            return None
        found = self.responses.get(request.key)
        if found is None or self.clock() - found.requested_at > RESPONSE_SECONDS:
            return None
        self.responses.move_to_end(request.key)
        return found

    def _is_fresh(self, layer: str, since: float) -> bool:
        known = self.states.get(layer)
        if known is None or known.requested_at <= self.invalidated_at or known.requested_at < since:
            return False
        return self.clock() - known.requested_at <= STATE_SECONDS

    async def _refresh(self, layer: str) -> None:
        """Read the state, once for all that wait for it, and evict what has moved."""
        if layer not in self.pending:
            self.pending[layer] = ensure_future(self._read_and_evict(layer))
        await self.pending[layer]

    async def _read_and_evict(self, layer: str) -> None:
        requested_at, known = self.clock(), self.states.get(layer)
        try:
            state = await self.read_state(layer, known.state if known else None)
        finally:
            del self.pending[layer]
        self.states[layer] = LayerState(state, requested_at, self.clock())
        if known is None or not state.same_as(known.state):
            self._evict(layer, state)

    def _evict(self, layer: str, state: CountsState) -> None:
        anywhere = state.spots is None
        moved = {tile for spot in state.spots or () for tile in tiles_over(spot)}
        for key, each in list(self.responses.items()):
            request, tile = each.request, each.request.tile
            if request.layer == layer and (
                anywhere or request.filtered or (tile.z, tile.code) in moved
            ):
                del self.responses[key]

    def _storing(self, request: TileRequest, send: Send) -> Send:
        """Return a `send` that passes a response on, and stores it if it is a whole tile."""
        requested_at = self.clock()
        start: HTTPResponseStartEvent | None = None

        async def send_and_store(message: SendEvent) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body" and not message.get("more_body") and start:
                self._store(request, requested_at, start, message.get("body", b""))
            await send(message)

        return send_and_store

    def _store(
        self, request: TileRequest, requested_at: float, start: HTTPResponseStartEvent, body: bytes
    ) -> None:
        headers = list(start.get("headers", ()))
        etag = _without_weak(dict(headers).get(b"etag", b""))
        if start["status"] != 200 or not etag or len(body) > MAX_BYTES:
            return
        # It may be of counts before those of the known state, which nothing would evict.
        known = self.states.get(request.layer)
        if known and requested_at < known.received_at:
            return
        self.responses[request.key] = CachedResponse(request, requested_at, etag, headers, body)
        self.responses.move_to_end(request.key)
        while len(self.responses) > MAX_RESPONSES:
            self.responses.popitem(last=False)


def _tile_request(scope: HTTPScope) -> TileRequest | None:
    """Read a request; None: not one for a tile."""
    if not scope["path"].startswith(TILES) or scope["method"] not in METHODS:
        return None
    given = list(scope["headers"])
    headers = dict(given)
    path = scope.get("raw_path") or scope["path"].encode()
    try:
        _, _, layer, z, x, file = path.decode("ascii").split("/")
        tile = Tile.at(int(z), int(x), int(file.partition(".")[0]))
    except (ValueError, NotFound):
        return None
    if len(headers) != len(given):
        return None
    gzip = b"gzip" in headers.get(b"accept-encoding", b"")
    vary = tuple(headers.get(name, b"") for name in VARY_HEADERS)
    query = scope["query_string"]
    key = (path, query, scope.get("scheme"), gzip, *vary)
    known = headers.get(b"if-none-match", b"")
    etags = [_without_weak(each.strip()) for each in known.split(b",")] if known else []
    revalidate = any(word in headers.get(b"cache-control", b"").lower() for word in REVALIDATE)
    return TileRequest(key, layer, tile, bool(query), revalidate, etags)


def _without_weak(etag: bytes) -> bytes:
    return etag.removeprefix(b"W/")


def _is_head(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "HEAD"
