"""Every write of a hub's team, and of those who write to it, each in one transaction.

Who may do it is asked before, of `hubs.permissions`.
"""

from hubs.actions.messages import answer_message, put_aside, reopen, write_message
from hubs.actions.resources import (
    change_resource,
    count_download,
    delete_draft,
    make_resource,
    publish,
    retire,
)
from hubs.actions.team import NoAreas, invite, remove_member, revoke
from hubs.actions.words import word_anew

__all__ = [
    "NoAreas",
    "answer_message",
    "change_resource",
    "count_download",
    "delete_draft",
    "invite",
    "make_resource",
    "publish",
    "put_aside",
    "remove_member",
    "reopen",
    "retire",
    "revoke",
    "word_anew",
    "write_message",
]
