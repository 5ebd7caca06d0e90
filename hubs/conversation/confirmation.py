"""What it means to confirm, by mail, that one wants to take part in the conversation."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hubs.conversation.actions import follow, support, verify_post, verify_reply
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from pledges.accounts.confirmation import LIVES, NotConfirmed
from pledges.accounts.confirmation_kinds import Asked
from pledges.accounts.models import Confirmation, User

LIFE = LIVES[Confirmation.Kind.PLEDGE]


def _post(confirmation: Confirmation) -> Post:
    if not isinstance(confirmation.subject, Post):
        raise NotConfirmed
    return confirmation.subject


def _verify_post(confirmation: Confirmation, person: User) -> None:
    verify_post(_post(confirmation), person)
    _forget_address(confirmation)


def _verify_reply(confirmation: Confirmation, person: User) -> None:
    if not isinstance(confirmation.subject, Reply):
        raise NotConfirmed
    verify_reply(confirmation.subject, person)
    _forget_address(confirmation)


def _forget_address(confirmation: Confirmation) -> None:
    """Keep no address beside what was written: some of it is anonymous."""
    Confirmation.objects.filter(pk=confirmation.pk).update(email="")


def _support(confirmation: Confirmation, person: User) -> None:
    support(_post(confirmation), person)


def _follow(confirmation: Confirmation, person: User) -> None:
    follow(_post(confirmation), person)


def _to_post(confirmation: Confirmation) -> str:
    """The page of what was written, or the word that it waits for a moderator."""
    subject = confirmation.subject
    post = subject.post if isinstance(subject, Reply) else subject
    if not subject.public:
        return reverse("talk-waits")
    anchor = f"#reply-{subject.pk}" if isinstance(subject, Reply) else ""
    return reverse("talk-post", args=[post.pk]) + anchor


def _there(confirmation: Confirmation) -> str:
    return reverse("talk-post", args=[_post(confirmation).pk])


POST = Asked(
    subject=_("Confirm your post"),
    first=_(
        "Something was posted on Changemap with this e-mail address. If you wrote it, confirm it:"
        " until then nobody sees it."
    ),
    question=_("Do you want to post this?"),
    button=_("Yes, post it"),
    template="hubs/conversation/asked.html",
    work=_verify_post,
    after=_to_post,
    kind="post",
    life=LIFE,
)
REPLY = Asked(
    subject=_("Confirm your reply"),
    first=_(
        "Somebody replied to a post on Changemap with this e-mail address. If it was you, confirm"
        " it: until then nobody sees it."
    ),
    question=_("Do you want to reply this?"),
    button=_("Yes, reply"),
    template="hubs/conversation/asked.html",
    work=_verify_reply,
    after=_to_post,
    kind="reply",
    life=LIFE,
)
SUPPORT = Asked(
    subject=_("Confirm that you support a post"),
    first=_(
        "Somebody with this e-mail address supports a post on Changemap. If it was you, confirm it."
    ),
    question=_("Do you support this?"),
    button=_("Yes, I support it"),
    template="hubs/conversation/asked.html",
    work=_support,
    after=_there,
    kind="support",
)
FOLLOW = Asked(
    subject=_("Confirm that you follow a post"),
    first=_(
        "Somebody with this e-mail address wants to follow a post on Changemap. If it was you,"
        " confirm it."
    ),
    question=_("Do you want to follow this?"),
    button=_("Yes, I follow it"),
    template="hubs/conversation/asked.html",
    work=_follow,
    after=_there,
    kind="follow",
)
