"""What is done with posts and replies: supported, followed, withdrawn, worded anew."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hubs.conversation import actions
from hubs.conversation import permissions as limits
from hubs.conversation.authors import Row, is_of
from hubs.conversation.errors import TakenUp
from hubs.conversation.forms import RewordForm
from hubs.conversation.models.participation import Deed
from hubs.conversation.models.posts import LONGEST, Post
from hubs.conversation.models.replies import LONGEST as LONGEST_REPLY
from hubs.conversation.models.replies import Reply
from pledges.accounts import confirmation
from pledges.accounts.identity import person
from pledges.accounts.models import User
from pledges.accounts.rate_limits import TooMany, take
from pledges.accounts.views.confirmation import sent
from pledges.fields import EmailForm
from pledges.pledging.models import Pledge

METHODS = ["GET", "HEAD", "POST"]
MOST_PLEDGES = 20  # to choose from, the newest


@dataclass(frozen=True)
class Verb:
    """What the page asks, what its button says, and what it does; `kind`: strangers may as well."""

    question: str | Promise
    button: str | Promise
    work: Callable[[Post, User], object]
    kind: str = ""
    authors: bool = False


VERBS = {
    "support": Verb(
        gettext_lazy("Support this?"),
        gettext_lazy("I support it"),
        actions.support,
        "support",
    ),
    "unsupport": Verb(
        gettext_lazy("No longer support this?"),
        gettext_lazy("No longer support it"),
        actions.unsupport,
    ),
    "follow": Verb(
        gettext_lazy("Follow this?"), gettext_lazy("Follow it"), actions.follow, "follow"
    ),
    "unfollow": Verb(
        gettext_lazy("No longer follow this?"),
        gettext_lazy("No longer follow it"),
        actions.unfollow,
    ),
    "withdraw": Verb(
        gettext_lazy("Withdraw this?"),
        gettext_lazy("Withdraw it"),
        lambda post, _author: actions.withdraw_post(post),
        authors=True,
    ),
}


@never_cache
@require_http_methods(METHODS)
def part(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask whether the person means it; the button does it, or asks a stranger by mail."""
    asked = VERBS.get(verb)
    if not asked:
        raise Http404
    who = person(request)
    post = get_object_or_404(Post.objects.public().with_everything(), pk=pk)
    if not who and not asked.kind:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if asked.authors and not is_of(post, who):
        raise PermissionDenied
    form = EmailForm(request.POST or None) if not who else None
    if request.method == "POST":
        if who:
            take(limits.PARTS, str(who.pk))
            asked.work(post, who)
            return redirect("talk-mine") if asked.authors else redirect("talk-post", pk)
        if form.is_valid():
            return _ask(request, asked, post, form)
    return _question(request, asked, post, form)


def _question(
    request: HttpRequest, asked: Verb, post: Post, form: EmailForm | None
) -> HttpResponse:
    context = {"post": post, "verb": asked, "form": form, "withdrawing": asked.authors}
    status = 400 if form and form.errors else 200
    return render(request, "hubs/conversation/part.html", context, status=status)


def _ask(request: HttpRequest, asked: Verb, post: Post, form: EmailForm) -> HttpResponse:
    email = form.cleaned_data["email"]
    if request.POST.get("website"):
        return sent(request, email)
    try:
        limits.writing(request, None, limits.PARTS)
        confirmation.ask(asked.kind, email, subject=post)
    except TooMany as error:
        form.add_error("email", error.description)
        return _question(request, asked, post, form)
    return sent(request, email)


@never_cache
@require_http_methods(METHODS)
@login_required
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Word one's own post anew, while nobody has taken part."""
    row = _own(Post.objects.with_everything(), pk, request.user)
    return _reword(request, row, LONGEST, actions.reword_post)


@never_cache
@require_http_methods(METHODS)
@login_required
def reword_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Word one's own reply anew that waits for a moderator."""
    row = _own(Reply.objects.filter(confirmed_at=None), pk, request.user)
    return _reword(request, row, LONGEST_REPLY, actions.reword_reply)


def _reword(
    request: HttpRequest, row: Row, most: int, work: Callable[[Row, str], Row]
) -> HttpResponse:
    form = RewordForm(request.POST or None, initial={"text": row.text}, most=most)
    if request.method == "POST" and form.is_valid():
        try:
            changed = work(row, form.cleaned_data["text"])
            return redirect(*_where(changed)) if changed.public else redirect("talk-waits")
        except TakenUp as error:
            form.add_error("text", error.description)
    context = {"row": row, "form": form}
    status = 400 if form.errors else 200
    return render(request, "hubs/conversation/reword.html", context, status=status)


def _where(row: Row) -> tuple[str, int]:
    return ("talk-reply" if isinstance(row, Reply) else "talk-post", row.pk)


@never_cache
@require_http_methods(METHODS)
@login_required
def withdraw_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own reply out of view; an official answer is its hub's to withdraw."""
    row = _own(Reply.objects.select_related("post"), pk, request.user)
    if request.method == "POST":
        actions.withdraw_reply(row)
        return redirect("talk-post", row.post_id)
    return render(request, "hubs/conversation/withdraw_reply.html", {"reply": row})


def _own(rows, pk: int, who: User) -> Row:
    """A row of somebody's own; others learn no more than that there is nothing."""
    row = get_object_or_404(rows.filter(withdrawn_at=None, hidden_at=None), pk=pk)
    if not is_of(row, who):
        raise PermissionDenied if row.public else Http404
    return row


@never_cache
@require_http_methods(METHODS)
@login_required
def deed(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which of one's own pledges was made because of a post, or take that back."""
    post = get_object_or_404(Post.objects.public().with_everything(), pk=pk)
    own = Pledge.objects.public().filter(author=request.user).newest_first()
    if request.method == "POST":
        word = request.POST.get("pledge", "")
        key = int(word) if word.isascii() and word.isdecimal() and len(word) < 19 else 0
        if pledge := own.filter(pk=key).first():
            work = actions.unlink_pledge if "undo" in request.POST else actions.link_pledge
            work(post, pledge)
            return redirect("talk-post", pk)
    linked = set(Deed.objects.filter(post=post, pledge__in=own).values_list("pledge", flat=True))
    pledges = [{"pledge": one, "linked": one.pk in linked} for one in own[:MOST_PLEDGES]]
    status = 400 if request.method == "POST" else 200
    context = {"post": post, "pledges": pledges}
    return render(request, "hubs/conversation/deed.html", context, status=status)
