"""Every write of the conversation that a person causes, each in one transaction."""

from hubs.conversation.actions.answering import (
    assign,
    close,
    merge,
    publish_answer,
    reopen,
    save_draft,
)
from hubs.conversation.actions.disclosing import open_safeguarding
from hubs.conversation.actions.posting import (
    make_post,
    make_signed_in,
    reword_post,
    verify_post,
    withdraw_post,
)
from hubs.conversation.actions.replying import (
    make_reply,
    reword_reply,
    settle_answered,
    show_reply,
    verify_reply,
    withdraw_reply,
)
from hubs.conversation.actions.taking_part import (
    follow,
    link_pledge,
    support,
    unfollow,
    unlink_pledge,
    unsupport,
)

__all__ = [
    "assign",
    "close",
    "follow",
    "link_pledge",
    "make_post",
    "make_reply",
    "make_signed_in",
    "merge",
    "open_safeguarding",
    "publish_answer",
    "reopen",
    "reword_post",
    "reword_reply",
    "save_draft",
    "settle_answered",
    "show_reply",
    "support",
    "unfollow",
    "unlink_pledge",
    "unsupport",
    "verify_post",
    "verify_reply",
    "withdraw_post",
    "withdraw_reply",
]
