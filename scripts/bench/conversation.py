"""Does a conversation of a million posts and five million supports answer at once, and exactly?

`main` returns 1 where a statement takes longer than its limit, a post is lost or a count is wrong.
"""

import os

from django.db import transaction

from hubs.conversation.models.participation import Support
from hubs.conversation.models.posts import Post
from scripts.bench import posting, talk
from scripts.bench.figures import quantile, table

QUESTIONS = int(os.environ.get("QUESTIONS", "200"))
HEADING = ["ms at the database", "p50", "p95", "most", "longest statement", "limit"]


def reading() -> list[str]:
    """Print what each kind of question costs; return those with too long a statement."""
    with transaction.atomic():
        asked = talk.works(talk.Questions(), talk.answering(), QUESTIONS)
        told = talk.measure(asked)
        transaction.set_rollback(True)
    rows, slow = [], []
    for one in told:
        figures = [f"{quantile(one.whole, share):.1f}" for share in (0.5, 0.95, 1)]
        longest, question = max(one.longest)
        rows.append([one.kind, *figures, f"{longest:.1f}", talk.LIMIT])
        if longest > talk.LIMIT:
            number = sum(time > talk.LIMIT for time, _ in one.longest)
            slow.append(f"{one.kind}: {number} too long; the longest, {longest:.0f} ms: {question}")
    table(HEADING, rows)
    return slow


def main() -> int:
    """Print figures and failures; return 1 where there are failures."""
    posts, supports = Post.objects.public().count(), Support.objects.count()
    print(f"{posts:,} posts, {supports:,} supports, {QUESTIONS} questions of each kind\n")
    failures = reading()
    said, wrong = posting.flood()
    print("\n" + "\n".join(said))
    failures += wrong
    print("\n".join(failures) or "Nothing lost, all counts exact, all within the limits.")
    return int(bool(failures))
