"""What is a person's own in the conversation, and the mails that they get of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hubs.conversation import digest
from hubs.conversation.digest import STOP
from hubs.conversation.models.participation import Follow
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Reader
from hubs.conversation.models.replies import Reply
from pledges.accounts.models import User
from pledges.notifications.views import stop_page

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What a person wrote and follows, with what is new there."""
    who = request.user
    follows = Follow.objects.filter(person=who, post__public=True)
    news = set(digest.news().filter(person=who).values_list("pk", flat=True))
    reader = Reader.objects.filter(person=who).first()
    context = {
        "posts": Post.objects.of(who).with_everything().newest_first()[:100],
        "replies": Reply.objects.of(who).select_related("post").order_by("-created_at")[:100],
        "follows": [
            {"post": row.post, "new": row.pk in news}
            for row in follows.select_related("post__theme", "post__counts").order_by("-pk")[:200]
        ],
        "mails": reader is None or reader.no_mails_since is None,
    }
    return render(request, "hubs/conversation/mine.html", context)


@require_POST
@never_cache
@login_required
def mails(request: HttpRequest) -> HttpResponse:
    """Switch one's own mails of the conversation on or off."""
    if request.POST.get("wanted") == "1":
        digest.want_mails(request.user)
        messages.success(request, _("You get mails about the conversation."))
    else:
        digest.stop_mails(request.user)
        messages.success(request, _("You get no more mails about the conversation."))
    return redirect("talk-mine")


def _stopped(person: User) -> bool:
    return Reader.objects.filter(person=person, no_mails_since__isnull=False).exists()


mails_off = stop_page(STOP, digest.stop_mails, _stopped, "hubs/conversation/mails_off.html")
