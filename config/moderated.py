"""What people write that readers report and moderators decide about."""

from hubs.conversation.moderated import POST, REPLY
from hubs.following.moderated import COMMENT
from pledges.moderation.kinds import Kinds
from pledges.moderation.subjects import MESSAGE, PLEDGE, STORY

KINDS = Kinds((PLEDGE, STORY, MESSAGE, POST, REPLY, COMMENT))
