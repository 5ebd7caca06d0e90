"""Resources, a conversation and good practice, for people to keep and to speak of."""

from tests.conversation.conftest import counted, deliver, olga, post, reply, seat, themes, walter
from tests.employers.conftest import action, six
from tests.hubs.conftest import hubs, hubs_file, resource

__all__ = [
    "action",
    "counted",
    "deliver",
    "hubs",
    "hubs_file",
    "olga",
    "post",
    "reply",
    "resource",
    "seat",
    "six",
    "themes",
    "walter",
]
