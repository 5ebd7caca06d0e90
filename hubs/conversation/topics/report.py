"""The report of a theme: how it goes, what is supported, what was answered, what came of it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from hubs.conversation import totals
from hubs.conversation.feed.listing import POSTS
from hubs.conversation.feed.listing import SUPPORTED as MOST_SUPPORTED
from hubs.conversation.filters import KIND, PostFilters
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Heard, Theme
from hubs.conversation.topics.reading import Terms, terms

SUPPORTED = 5
ANSWERED = 10
HEARD = 12
TERMS = 10
KINDS = {"idea": _("Ideas"), "question": _("Questions"), "challenge": _("Challenges")}
PIECE, PIECES = 50, 10  # posts looked through for five of different organisations


@dataclass(frozen=True)
class Answered:
    """A post that was answered, and its first official answer in view, if there is one."""

    post: Post
    answer: Reply | None


@dataclass(frozen=True)
class Report:
    """What a report says, whatever its form. `kinds` are names with numbers of posts."""

    theme: Theme
    going: totals.Going
    kinds: list[tuple[str, int]]
    supported: list[Post]
    answered: list[Answered]
    heard: list[Heard]
    terms: Terms


def report(theme: Theme) -> Report:
    filters = PostFilters(theme=(theme,))
    counted = totals.summary(filters)["facets"]["kind"]
    return Report(
        theme,
        totals.going()[theme.number],
        [(str(KINDS[word]), counted[word]) for word in KIND],
        supported(filters),
        answered(filters),
        list(theme.heard.all()[:HEARD]),
        terms(theme, limit=TERMS),
    )


def supported(filters: PostFilters) -> list[Post]:
    """Return the most supported posts, at most one of each organisation."""
    found: list[Post] = []
    seen: set[int] = set()
    cursor = ""
    for _piece in range(PIECES):
        page = POSTS.page(MOST_SUPPORTED, filters, PIECE, None, cursor)
        for post in page.items:
            if post.organisation_id not in seen and post.counts.supports:
                found.append(post)
                seen |= {post.organisation_id} - {None}
                if len(found) == SUPPORTED:
                    return found
        if page.next is None:
            break
        cursor = page.next
    return found


def answered(filters: PostFilters) -> list[Answered]:
    """Return the most supported of the posts that have an official answer or a result."""
    page = POSTS.page(MOST_SUPPORTED, replace(filters, answered="yes"), ANSWERED, None)
    official = Reply.objects.public().official().filter(post__in=page.items)
    # The last one written stays: the first answer.
    newest_first = official.with_everything().order_by("-created_at", "-id")
    first = {reply.post_id: reply for reply in newest_first}
    return [Answered(post, first.get(post.pk)) for post in page.items]
