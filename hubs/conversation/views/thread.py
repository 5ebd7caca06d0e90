"""One post with what was said about it, and replying."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.errors import GeoError
from geo.core.timeouts import bounded
from geo.live import log
from hubs.conversation import actions
from hubs.conversation import permissions as limits
from hubs.conversation.forms import ReplyForm
from hubs.conversation.models.participation import Deed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from hubs.conversation.participation import Standing, own_replies, thread
from hubs.conversation.views.posting import TRAP
from pledges.accounts import confirmation
from pledges.accounts.csrf import lapsed
from pledges.accounts.identity import person
from pledges.accounts.models import User
from pledges.accounts.rate_limits import TooMany
from pledges.accounts.views.confirmation import sent
from pledges.map.links import map_address
from pledges.sections import Section, sections_of


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a public post; a duplicate leads to the post it was joined with."""
    with bounded():
        found = Post.objects.with_everything().filter(pk=pk).first()
        if found and found.merged_into_id and not found.public:
            return redirect("talk-post", found.merged_into_id)
        found = get_object_or_404(Post.objects.public().with_everything(), pk=pk)
        who = person(request)
        form = ReplyForm(
            initial={"form_key": uuid.uuid4(), **_before(found, who)}, signed_in=who is not None
        )
        return _show(request, found, form, who, sections=sections_of(found, "POST_SECTIONS"))


def _show(
    request: HttpRequest,
    found: Post,
    form: ReplyForm,
    who: User | None,
    status: int = 200,
    parent: Reply | None = None,
    sections: Sequence[Section] = (),
) -> HttpResponse:
    live_at = log.newest()  # before anything that comes after it is read
    branches = thread(found)
    deeds = Deed.objects.filter(post=found, pledge__public=True)
    context = {
        "post": found,
        "live_at": live_at,
        "branches": branches,
        "own": own_replies(branches, who),
        "standing": Standing.of(found, who),
        "form": form,
        "parent": parent,
        "deeds": deeds.select_related("pledge__theme").order_by("-pk")[:10],
        "map_address": map_address(found.location),
        "sections": sections,
    }
    return render(request, "hubs/conversation/post.html", context, status=status)


@require_safe
def popup(request: HttpRequest, pk: int) -> HttpResponse:
    """What the map shows of a public post: a fragment of HTML."""
    with bounded():
        found = get_object_or_404(Post.objects.public().with_everything(), pk=pk)
        return render(request, "hubs/conversation/popup.html", {"post": found})


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The lasting address of a reply: it leads to its place in the thread."""
    found = get_object_or_404(Reply.objects.public(), pk=pk)
    return redirect(reverse("talk-post", args=[found.post_id]) + f"#reply-{pk}")


# The token is checked within: a lapsed one must not cost what somebody wrote.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to a post or, with `to`, to one of its replies."""
    who = person(request)
    found = get_object_or_404(Post.objects.public().with_everything(), pk=pk)
    if request.method != "POST":
        parent = _parent(found, params.text(request.GET, "to"))
        start = {"form_key": uuid.uuid4(), "parent": parent and parent.pk, **_before(found, who)}
        form = ReplyForm(initial=start, signed_in=who is not None)
        return _page(request, found, form, parent)
    form = ReplyForm(request.POST, signed_in=who is not None)
    parent = _parent(found, request.POST.get("parent", ""))
    if lapsed(request):
        form.add_error(None, _("This page was open for long. Nothing is lost: please send again."))
        return _page(request, found, form, parent, status=403)
    if not form.is_valid():
        return _page(request, found, form, parent, status=400)
    if request.POST.get(TRAP):
        return sent(request, form.cleaned_data.get("email", ""))
    given = form.cleaned_data
    try:
        made = _known(given) or _written(request, found, given, parent, who)
    except IntegrityError:
        made = Reply.objects.get(form_key=given["form_key"])
    except GeoError as error:
        form.add_error(None, error.description)
        status = 429 if isinstance(error, TooMany) else 400
        return _page(request, found, form, parent, status=status)
    if who is None:
        return sent(request, given["email"])
    return redirect("talk-reply", made.pk) if made.public else redirect("talk-waits")


def _known(given: dict) -> Reply | None:
    """The reply that the same form wrote before; other words are another reply."""
    known = Reply.objects.filter(form_key=given["form_key"]).first()
    if known and known.text != given["text"]:
        given["form_key"] = uuid.uuid4()
        return None
    return known


def _written(
    request: HttpRequest, found: Post, given: dict, parent: Reply | None, who: User | None
) -> Reply:
    limits.writing(request, who, limits.REPLIES)
    names = ("text", "signed", "display_name", "role", "form_key")
    with transaction.atomic():
        made = actions.make_reply(
            found, parent=parent, confirmed=False, **{name: given[name] for name in names}
        )
        if who:
            return actions.verify_reply(made, who)
        confirmation.ask("reply", given["email"], subject=made)
    return made


def _parent(found: Post, word: str) -> Reply | None:
    """The reply that is replied to, where it is one in view under this post."""
    if not (word.isascii() and word.isdecimal() and len(word) < 19):
        return None
    return Reply.objects.public().with_everything().filter(post=found, pk=int(word)).first()


def _before(found: Post, who: User | None) -> dict[str, object]:
    """How a person signed before; whoever is anonymous in a thread begins so in a reply to it."""
    if who is None:
        return {}
    if found.anonymous and Standing.of(found, who).own:
        return {"signed": found.signed}
    last = Post.objects.filter(author=who).last() or Reply.objects.filter(author=who).last()
    if last is None:
        return {"display_name": who.name}
    return {"signed": last.signed, "display_name": last.display_name, "role": last.role}


def _page(
    request: HttpRequest,
    found: Post,
    form: ReplyForm,
    parent: Reply | None,
    status: int = 200,
) -> HttpResponse:
    context = {"post": found, "form": form, "parent": parent}
    return render(request, "hubs/conversation/reply.html", context, status=status)
