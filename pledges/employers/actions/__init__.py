"""Every write of an employer's page, each in one transaction.

Who may do it is asked before, of `pledges.employers.permissions`.
"""

from pledges.employers.actions.deciding import approve, give_back
from pledges.employers.actions.proposing import (
    copy_action,
    discard,
    propose,
    propose_removal,
    reword,
    send,
    take_back,
)

__all__ = [
    "approve",
    "copy_action",
    "discard",
    "give_back",
    "propose",
    "propose_removal",
    "reword",
    "send",
    "take_back",
]
