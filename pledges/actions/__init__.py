"""Every write of pledges that a person causes, each in one transaction."""

from pledges.actions.changing import (
    correct,
    mark_done,
    mark_not_done,
    mark_part_done,
    mark_part_not_done,
    withdraw,
)
from pledges.actions.forgetting import Forgotten, forget, remove_demo
from pledges.actions.making import (
    approve,
    ask_for_approval,
    make_pledge,
    publish_if_ready,
    verify,
)
from pledges.actions.support import OwnPledge, join, leave, like, unlike

__all__ = [
    "Forgotten",
    "OwnPledge",
    "approve",
    "ask_for_approval",
    "correct",
    "forget",
    "join",
    "leave",
    "like",
    "make_pledge",
    "mark_done",
    "mark_not_done",
    "mark_part_done",
    "mark_part_not_done",
    "publish_if_ready",
    "remove_demo",
    "unlike",
    "verify",
    "withdraw",
]
