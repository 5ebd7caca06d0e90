"""What the conversation keeps of people: shown to them, taken away by them, forgotten in time."""

import datetime
from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.conversation.authors import Row, without_name
from hubs.conversation.models.participation import Follow, Support
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Answering, Reader, Safeguarding
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Heard
from hubs.conversation.permissions import answers
from hubs.conversation.topics import terms as sense
from pledges.accounts.models import Confirmation, User
from pledges.accounts.personal_data import Keeper, Overdue, Shelf

UNCONFIRMED_KEPT = datetime.timedelta(days=7)
WITHDRAWN_KEPT = datetime.timedelta(days=365)
REPORTS_KEPT = datetime.timedelta(days=6 * 365)
SHOWN = 20  # of each sort on the page "Mine"


class Conversation(Keeper):
    """Posts and replies with what their authors said of themselves; supports and follows."""

    def shelf(self, person: User) -> Shelf | None:
        posts = Post.objects.of(person).with_everything().newest_first()
        replies = Reply.objects.of(person).select_related("post").order_by("-created_at")
        follows = Follow.objects.filter(person=person, post__public=True)
        content = {
            "posts": list(posts[:SHOWN]),
            "replies": list(replies[:SHOWN]),
            "follows": follows.count(),
            "answers": answers(person),
        }
        if not any(content.values()):
            return None
        return Shelf(_("The conversation"), "hubs/conversation/shelf.html", content)

    def everything(self, person: User) -> Mapping[str, object]:
        supports = Support.objects.filter(person=person).order_by("pk")
        follows = Follow.objects.filter(person=person).order_by("pk")
        reader = Reader.objects.filter(person=person).first()
        return {
            "posts": [_post(row) for row in _whole(Post, person)],
            "replies": [_reply(row) for row in _whole(Reply, person)],
            "supports": [{"post": s.post_id, "supported_at": s.created_at} for s in supports],
            "follows": [{"post": f.post_id, "followed_at": f.created_at} for f in follows],
            "no_conversation_mails_since": reader and reader.no_mails_since,
        }

    def leave(self, person: User, *, keep: bool) -> None:
        """Take back supports and follows; what they wrote stays without a name, or goes."""
        for model in (Post, Reply):
            kind = ContentType.objects.get_for_model(model)
            asked = Confirmation.objects.filter(content_type=kind, email=person.email.lower())
            waiting = asked.filter(used_at__isnull=True).values("object_id")
            model.objects.filter(pk__in=waiting, verified_at__isnull=True).delete()
        Support.objects.filter(person=person).delete()
        Follow.objects.filter(person=person).delete()
        rows: list[Row] = [*Reply.objects.of(person), *Post.objects.of(person)]
        if keep:
            without_name(rows)
            return
        for row in rows:
            # An official answer is its hub's; whoever wrote it only leaves.
            if isinstance(row, Reply) and row.official:
                without_name([row])
            else:
                row.delete()

    def overdue(self) -> list[Overdue]:
        now = timezone.now()
        unanswered = {"verified_at__isnull": True, "created_at__lt": now - UNCONFIRMED_KEPT}
        withdrawn = {"withdrawn_at__lt": now - WITHDRAWN_KEPT}
        opened = Safeguarding.objects.filter(opened_at__lt=now - REPORTS_KEPT)
        return [
            Overdue(
                _("Posts that nobody confirmed"),
                Post.objects.filter(**unanswered),
                kept=UNCONFIRMED_KEPT,
            ),
            Overdue(
                _("Replies that nobody confirmed"),
                Reply.objects.filter(**unanswered),
                kept=UNCONFIRMED_KEPT,
            ),
            Overdue(
                _("Posts that their author withdrew, with what was said about them"),
                Post.objects.filter(**withdrawn),
                kept=WITHDRAWN_KEPT,
            ),
            Overdue(
                _("Replies that their author withdrew"),
                # What others answered to one is theirs, and keeps it.
                Reply.objects.filter(**withdrawn, answers__isnull=True),
                kept=WITHDRAWN_KEPT,
            ),
            Overdue(
                _("Safeguarding reports: who asked who is anonymous, and why"),
                opened,
                kept=REPORTS_KEPT,
            ),
        ]

    def remove_demo(self) -> None:
        Answering.objects.filter(post__demo=True).delete()
        Reply.objects.filter(demo=True).delete()
        Post.objects.filter(demo=True).delete()
        Heard.objects.filter(demo=True).delete()
        sense.count_all()


def _whole(model: type[Post] | type[Reply], person: User):
    related = ("theme", "organisation", "region") if model is Post else ()
    return model.objects.of(person).select_related(*related).order_by("pk")


def _written(row: Row) -> dict[str, object]:
    return {
        "id": row.pk,
        "text": row.text,
        "signed": row.get_signed_display(),
        "display_name": row.display_name,
        "role": row.role,
        "created_at": row.created_at,
        "verified_at": row.verified_at,
        "shown_since": row.confirmed_at,
        "withdrawn_at": row.withdrawn_at,
        "held_at": row.held_at,
        "hidden_at": row.hidden_at,
    }


def _post(post: Post) -> dict[str, object]:
    return {
        **_written(post),
        "kind": Post.Kind(post.kind).name.lower(),
        "theme": post.theme.slug,
        "works_in_care": post.works_in_care,
        "organisation": post.organisation and post.organisation.name,
        "show": Post.Show(post.show).name.lower(),
        "outcode": post.outcode,
        "region": post.region and post.region.name,
        "closed_at": post.closed_at,
        "result": post.result,
        "merged_into": post.merged_into_id,
    }


def _reply(reply: Reply) -> dict[str, object]:
    return {**_written(reply), "post": reply.post_id, "official": reply.official}
