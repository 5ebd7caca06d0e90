"""What people write that readers report and moderators decide about."""

from pledges.moderation.kinds import Kinds
from pledges.moderation.subjects import MESSAGE, PLEDGE, STORY

KINDS = Kinds((PLEDGE, STORY, MESSAGE))
