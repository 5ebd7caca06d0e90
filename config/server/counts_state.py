"""The state of a collection's counts, by which `config.server.response_cache` evicts tiles."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import close_old_connections

import config.wsgi  # noqa: F401 - sets Django up, before which no model can be imported
from config.layers import LAYERS
from geo.core.timeouts import bounded


@dataclass(frozen=True)
class State:
    """The version of the counts, and whether there is demo content.

    `spots` are the Morton codes at which counts have moved since the state before; None: anywhere.
    """

    version: int
    demo: bool
    spots: frozenset[int] | None = None

    def same_as(self, other: "State") -> bool:
        return (self.version, self.demo) == (other.version, other.demo)


class Counts:
    """Asks the database, in a thread and on a connection of its own."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)

    async def state(self, collection: str, known: State | None) -> State:
        """Return the state now; raises what `state` does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread, _on_own_connection, collection, known)


def _on_own_connection(collection: str, known: State | None) -> State:
    close_old_connections()  # one that broke
    return state(collection, known)


def state(collection: str, known: State | None) -> State:
    """Return the state of a collection's counts, and where they differ from those known.

    Raises KeyError for what is no collection, DatabaseError and TooSlow.
    """
    layer = LAYERS[collection]
    with bounded():  # everybody who looks at a map waits for this
        version, demo = layer.version(), layer.demo()
        if known is None or known.demo != demo:
            return State(version, demo)
        if known.version == version:
            return State(version, demo, frozenset())
        return State(version, demo, layer.changed_spots(known.version, version))
