"""The queue of those who answer, the desk of one post, and safeguarding reports."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from geo.core.errors import GeoError
from hubs.conversation.answering import actions, safeguarding
from hubs.conversation.answering.forms import (
    AnswerForm,
    AssignForm,
    CloseForm,
    MergeForm,
    SafeguardingForm,
)
from hubs.conversation.answering.queue import Queue
from hubs.conversation.authors import Row
from hubs.conversation.feed.similar import similar
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Answering, Safeguarding
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Theme
from hubs.conversation.participation import thread
from hubs.conversation.permissions import answers, colleagues, voices_of
from pledges.accounts.models import User
from pledges.accounts.second_factor import required

METHODS = ["GET", "HEAD", "POST"]
Done = Callable[[Post, User, dict], object]


@require_safe
@never_cache
@required
def queue(request: HttpRequest) -> HttpResponse:
    """Posts that nobody has answered, in the areas that a person answers for."""
    if not answers(request.user):
        raise PermissionDenied
    found = Queue.read(request.user, request.GET)
    kept = Answering.objects.select_related("assigned_to")
    desks = kept.in_bulk([post.pk for post in found.posts])
    names = {"support": _("Most supported"), "age": _("Longest waiting"), "mine": _("Mine")}
    context = {
        "queue": found,
        "sorts": [(names[sort], address, chosen) for sort, address, chosen in found.sorts],
        "themes": Theme.objects.begun(),
        "chosen": {theme.slug for theme in found.filters.theme},
        "rows": [(post, desks.get(post.pk)) for post in found.posts],
    }
    return render(request, "hubs/conversation/queue.html", context)


@require_http_methods(METHODS)
@never_cache
@required
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One post to answer: assign, draft, publish, merge, close or open again."""
    post = get_object_or_404(Post.objects.public().with_everything(), pk=pk)
    voices = voices_of(request.user, post)
    if not voices:
        raise PermissionDenied
    forms = _forms(request, post, voices)
    status = 200
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "reopen":
            actions.reopen(post, request.user)
            return redirect("talk-desk", pk)
        form = forms.get("answer" if act in ("draft", "publish") else act)
        if form is not None and form.is_valid() and act in ACTS:
            try:
                return _done(request, post, act, form.cleaned_data)
            except GeoError as error:
                form.add_error(None, error.description)
        status = 400
    context = {
        "post": post,
        "branches": thread(post),
        "forms": forms,
        "form": next((form for form in forms.values() if form.is_bound), forms["answer"]),
        "desk": Answering.objects.select_related("assigned_to", "changed_by").filter(pk=pk).first(),
        "alike": [one for one in similar(post.text, post.theme, 4) if one.pk != pk][:3],
        "own": set(),
    }
    return render(request, "hubs/conversation/desk.html", context, status=status)


ACTS: dict[str, Done] = {
    "assign": lambda post, person, given: actions.assign(post, person, given["to"]),
    "draft": lambda post, person, given: actions.save_draft(
        post, person, given["text"], given["voice"]
    ),
    "publish": lambda post, person, given: actions.publish_answer(
        post, person, given["text"], given["voice"]
    ),
    "close": lambda post, person, given: actions.close(post, person, given["result"]),
    "merge": lambda post, person, given: actions.merge(post, given["into"], person),
}


def _done(request: HttpRequest, post: Post, act: str, given: dict) -> HttpResponse:
    ACTS[act](post, request.user, given)
    said = {
        "assign": _("Put on a desk."),
        "draft": _("The draft is kept. Nobody sees it but those who answer."),
        "publish": _("The answer is published."),
        "close": _("The post is closed with its result."),
        "merge": _("The two posts are one now."),
    }
    messages.success(request, said[act])
    return redirect("talk-queue") if act in ("publish", "merge") else redirect("talk-desk", post.pk)


def _forms(request: HttpRequest, post: Post, voices: list) -> dict[str, Form]:
    """All forms of the page; only the one that was sent is bound."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    kept = Answering.objects.filter(pk=post.pk).first()
    voice = kept.voice if kept and kept.voice in voices else voices[0]

    def given(*acts: str):
        return request.POST if act in acts else None

    return {
        "assign": AssignForm(
            given("assign"),
            people=colleagues(post),
            initial={"to": kept.assigned_to_id if kept else None},
        ),
        "answer": AnswerForm(
            given("draft", "publish"),
            voices=voices,
            initial={"text": kept.draft if kept else "", "voice": int(voice)},
        ),
        "close": CloseForm(given("close")),
        "merge": MergeForm(given("merge"), post=post),
    }


@require_http_methods(METHODS)
@never_cache
@required
def author_of_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who wrote an anonymous post: for operators, written down with the reason."""
    return _safeguarding(request, Post.objects.filter(signed=3), pk)


@require_http_methods(METHODS)
@never_cache
@required
def author_of_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of an anonymous reply."""
    return _safeguarding(request, Reply.objects.filter(signed=3), pk)


def _safeguarding(request: HttpRequest, rows, pk: int) -> HttpResponse:
    if not request.user.is_operator:
        raise PermissionDenied
    row: Row = get_object_or_404(rows, pk=pk)
    form = SafeguardingForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"row": row, "form": form}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        ground = Safeguarding.Ground(given["ground"])
        # Shown on this answer alone, which nothing keeps.
        found = safeguarding.open_safeguarding(row, request.user, ground, given["words"])
        context |= {"opened": True, "author": found}
    status = 400 if form.errors else 200
    return render(request, "hubs/conversation/safeguarding.html", context, status=status)
