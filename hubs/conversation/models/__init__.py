from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.counted import REPLIES, SPECS
from hubs.conversation.models.participation import Deed, Follow, Support
from hubs.conversation.models.posts import SPEC, Post, PostCounts
from hubs.conversation.models.private import Answering, Reader, Safeguarding, Veil
from hubs.conversation.models.querysets import PostQuerySet, ReplyQuerySet
from hubs.conversation.models.replies import Reply, Voice
from hubs.conversation.models.themes import Heard, Theme, ThemeQuerySet
from hubs.conversation.models.topics import Rise, Sensed, Term

__all__ = [
    "REPLIES",
    "SPEC",
    "SPECS",
    "Answering",
    "Deed",
    "Follow",
    "Heard",
    "Post",
    "PostCounts",
    "PostQuerySet",
    "Reader",
    "Reply",
    "ReplyQuerySet",
    "Rise",
    "Safeguarding",
    "Sensed",
    "Signed",
    "Support",
    "Term",
    "Theme",
    "ThemeQuerySet",
    "Veil",
    "Voice",
]
