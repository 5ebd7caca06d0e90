"""One feed for every list of what people write: searched, filtered, sorted, and as files.

`pledges.wall.listing` declares the list of pledges, `hubs.conversation.feed.listing` that of posts.
"""
