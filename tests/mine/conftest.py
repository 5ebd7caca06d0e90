"""Resources of two hubs, and a conversation, for people to keep and to speak of."""

from tests.conversation.conftest import counted, deliver, olga, post, reply, seat, themes, walter
from tests.hubs.conftest import hubs, hubs_file, resource

__all__ = [
    "counted",
    "deliver",
    "hubs",
    "hubs_file",
    "olga",
    "post",
    "reply",
    "resource",
    "seat",
    "themes",
    "walter",
]
