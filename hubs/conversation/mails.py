"""What the mails of the conversation say: words of ours alone, never what somebody wrote."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubs.conversation.digest import STOP
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from pledges.accounts.models import User
from pledges.notifications.mails import Mail, address


def said(reply: Reply, reader: User) -> Mail:
    """Tells the author of a post that somebody replied to it, or answered officially."""
    if reply.official:
        subject = _("There is an official answer to your post")
        first = _("%(voice)s has answered what you posted on Changemap.")
        lines = [first % {"voice": reply.spoken_by}]
    else:
        subject = _("Somebody replied to your post")
        lines = [_("Somebody has replied to what you posted on Changemap.")]
    link = address("talk-reply", str(reply.pk))
    return Mail(subject, lines, link=link, last=[_own()], stop=_stop(reader))


def ended(post: Post, reader: User) -> Mail:
    """Tells the author of a post that it was closed with a result."""
    return Mail(
        _("Your post was closed with a result"),
        [_("What you posted on Changemap was closed. The page says what came of it.")],
        link=address("talk-post", str(post.pk)),
        last=[_own()],
        stop=_stop(reader),
    )


def merged(kept: Post, reader: User) -> Mail:
    """Tells the author of a post that it was said to be the same as another."""
    return Mail(
        _("Your post was joined with another one"),
        [
            _(
                "What you posted on Changemap says the same as another post. The two are one now:"
                " support and replies went along, and you hear of it as of your own."
            )
        ],
        link=address("talk-post", str(kept.pk)),
        last=[_own()],
        stop=_stop(reader),
    )


def digest(reader: User, *, posts: int, replies: int, answers: int, results: int) -> Mail:
    """What was said of late about posts that somebody follows, in numbers."""
    said = [
        (answers, ngettext("%(n)d official answer", "%(n)d official answers", answers)),
        (results, ngettext("%(n)d closed with a result", "%(n)d closed with results", results)),
        (replies, ngettext("%(n)d new reply", "%(n)d new replies", replies)),
    ]
    under = ngettext(
        "There is news about %(n)d post that you follow on Changemap:",
        "There is news about %(n)d posts that you follow on Changemap:",
        posts,
    )
    numbers = ", ".join(words % {"n": n} for n, words in said if n)
    return Mail(
        _("News about posts that you follow"),
        [f"{under % {'n': posts}} {numbers}."],
        link=address("talk-mine"),
        last=[_("You get this once a day at most, and only when there is news.")],
        stop=_stop(reader),
    )


def _own() -> str:
    return _("You get this because the post is yours.")


def _stop(reader: User) -> str:
    return address("talk-mails-off", STOP.token(reader))
