"""News as server-sent events: what happened to which feature, by its key and without its content.

    id: 1234
    event: news
    data: {"pledges": {"new": ["81", "82"], "joined": ["12"]}}

A message covers one or more entries of the log, and its id is that of the last of them. In place of
keys there is `"anew": true` for a collection that was reloaded or emptied, and `"more": true` where
too much happened at once to be listed: `/api/changes?since=` lists it. `event: reset` says that the
log does not reach back that far, or that too much has happened since: read everything again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orjson import dumps

from geo.live.models import News

Entry = tuple[int, str, str, int]  # id, collection, key, verb
LISTED = 500  # entries a message lists
MOST_LISTED = 2000  # entries at once that are listed at all
VERBS = {
    News.Verb.NEW: "new",
    News.Verb.CHANGED: "changed",
    News.Verb.GONE: "gone",
    News.Verb.JOINED: "joined",
    News.Verb.DONE: "done",
}
HEARTBEAT = b": still here\n\n"


@dataclass(frozen=True, slots=True)
class Message:
    """The news up to the entry `last`, as the bytes sent to every listener."""

    last: int
    body: bytes


def event(name: str, last: int, data: object) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (last, name.encode(), dumps(data))


def reset(last: int) -> Message:
    return Message(last, event("reset", last, {}))


def messages(entries: Sequence[Entry]) -> Iterator[Message]:
    """Yield the messages of entries, which come in the order of the log."""
    if len(entries) > MOST_LISTED:
        last = entries[-1][0]
        yield Message(last, event("news", last, {entry[1]: {"more": True} for entry in entries}))
        return
    for start in range(0, len(entries), LISTED):
        some = entries[start : start + LISTED]
        yield Message(some[-1][0], event("news", some[-1][0], _listed(some)))


def _listed(entries: Sequence[Entry]) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for _, collection, key, verb in entries:
        changes = found.setdefault(collection, {})
        if verb == News.Verb.ANEW:
            changes["anew"] = True
        else:
            changes.setdefault(VERBS[News.Verb(verb)], []).append(key)
    return found
