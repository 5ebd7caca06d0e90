"""What is counted of the conversation: posts, and replies in the place of their post.

A reply counts while it and its post are public, on the London day it was written. Triggers keep
the queue of both: see the migration that is named for them.
"""

from dataclasses import replace

from geo.live.models import News
from hubs.conversation.models.posts import SPEC
from hubs.conversation.models.replies import REPLIES_LAYER

REPLIES = replace(
    SPEC,
    layer=REPLIES_LAYER,
    name="replies",
    mapped=False,
    verb=News.Verb.CHANGED,
    facts="select null::bigint as morton, coalesce(p.region_id, 0) as region,"
    " coalesce(p.district_id, 0) as district,"
    " timezone('Europe/London', r.created_at)::date as day, p.show as shown, p.facet,"
    " p.theme_id as part, p.organisation_id as owner"
    " from conversation_reply r join conversation_post p on p.id = r.post_id"
    " where p.public and r.public",
)
SPECS = (SPEC, REPLIES)
