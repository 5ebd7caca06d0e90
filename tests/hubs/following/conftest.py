"""Resources, a conversation and good practice, for people to keep and to speak of."""

from tests.hubs.conftest import hubs, hubs_file, resource
from tests.hubs.conversation.conftest import (
    counted,
    deliver,
    olga,
    post,
    reply,
    seat,
    themes,
    walter,
)
from tests.pledges.employers.conftest import action, six

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
