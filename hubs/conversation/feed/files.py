"""Lists of posts as files: a table for spreadsheets, a feed for readers of news."""

from collections.abc import Sequence

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from geo.core.csv import dumps
from hubs.conversation.models.posts import Post
from hubs.conversation.published import PostSerializer
from pledges.feed.files import NOT_XML


def table(posts: Sequence[Post], site: str) -> str:
    """Return CSV (RFC 4180) with what the API says of each post, under the same names."""
    names = [name for name in PostSerializer.Meta.fields if name not in {"id", "geometry"}]
    lines = [["id", *names, "longitude", "latitude"]]
    features = PostSerializer(posts, many=True, context={"site": site}).data["features"]
    for feature in features:
        values = [feature["properties"][name] for name in names]
        place = feature["geometry"]["coordinates"] if feature["geometry"] else ("", "")
        lines.append([feature["id"], *values, *place])
    return dumps(lines)


def feed(posts: Sequence[Post], site: str, page: str, own: str) -> str:
    """Return an Atom feed (RFC 4287); `page` and `own` are paths, of the list and of the feed."""
    made = Atom1Feed(
        title=_("The conversation – Changemap"),
        link=f"{site}{page}",
        description=_("Ideas, questions and challenges of people in health and care."),
        feed_url=f"{site}{own}",
        feed_guid=f"{site}{own}",
        author_name=_("The people who take part"),
    )
    for post in posts:
        text = NOT_XML.sub("\ufffd", post.text)
        demo = [_("Demo")] if post.demo else []
        made.add_item(
            title=Truncator(text).chars(80),
            link=f"{site}/talk/posts/{post.pk}/",
            unique_id=f"{site}/talk/posts/{post.pk}/",
            description=escape(text),  # Django says that summaries are HTML
            author_name=NOT_XML.sub("\ufffd", post.signature),
            pubdate=post.created_at,
            updateddate=max(filter(None, (post.created_at, post.answered_at, post.closed_at))),
            categories=[post.theme.local_name, str(post.get_kind_display()), *demo],
        )
    return made.writeString("utf-8")
