"""The state of a layer's counts, by which `config.server.response_cache` evicts tiles."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import close_old_connections

import config.wsgi  # noqa: F401 - sets Django up, before which no model can be imported
from geo.core.timeouts import bounded
from geo.ogcapi.layers import published_layers


@dataclass(frozen=True)
class CountsState:
    """The version of the counts, and whether there is demo content.

    `spots` are the Morton codes at which counts have moved since the state before; None: anywhere.
    """

    version: int
    demo: bool
    spots: frozenset[int] | None = None

    def same_as(self, other: "CountsState") -> bool:
        return (self.version, self.demo) == (other.version, other.demo)


class CountsStateReader:
    """Asks the database, in a thread and on a connection of its own."""

    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(1)

    async def read(self, layer: str, known: CountsState | None) -> CountsState:
        """Return the state now; raises what `read_state` does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, _read_in_thread, layer, known)


def _read_in_thread(layer: str, known: CountsState | None) -> CountsState:
    close_old_connections()  # one that broke
    return read_state(layer, known)


def read_state(layer: str, known: CountsState | None) -> CountsState:
    """Return the state of a layer's counts, and where they differ from those of `known`.

    Raises KeyError for a layer that does not exist, DatabaseError and TooSlow.
    """
    found = published_layers()[layer]
    with bounded():  # everybody who looks at a map waits for this
        version, demo = found.version(), found.demo()
        if known is None or known.demo != demo:
            return CountsState(version, demo)
        if known.version == version:
            return CountsState(version, demo, frozenset())
        return CountsState(version, demo, found.changed_spots(known.version, version))
