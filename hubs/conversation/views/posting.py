"""Posting: one short form, whose words are never lost."""

import uuid

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from geo.core import params
from geo.core.errors import GeoError
from hubs.conversation import actions, texts
from hubs.conversation import permissions as limits
from hubs.conversation.feed.similar import similar
from hubs.conversation.forms import PostForm
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import LONGEST, Post
from hubs.conversation.models.themes import Theme
from hubs.conversation.texts import owner
from hubs.conversation.visibility_preview import others_see
from pledges.accounts import confirmation
from pledges.accounts.csrf import lapsed
from pledges.accounts.identity import person
from pledges.accounts.models import User
from pledges.accounts.rate_limits import TooMany
from pledges.accounts.views.confirmation import sent
from pledges.moderation import contact_details
from pledges.organisations.models import Organisation

TRAP = "website"  # a field that people do not see, and programs fill in
REVIEWED = "reviewed"  # the similar posts, and what the words tell, were seen
AS_GIVEN = (
    *("text", "theme", "kind", "signed", "display_name", "role", "works_in_care"),
    *("organisation", "form_key"),
)


# The token is checked within: a lapsed one must not cost what somebody wrote.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; `theme` and `organisation` in the query string fill in where it was asked for."""
    who = person(request)
    if request.method != "POST":
        start = {"form_key": uuid.uuid4(), **_before(who), **_here(request)}
        return _page(request, PostForm(initial=start, signed_in=who is not None))
    form = PostForm(request.POST, signed_in=who is not None)
    if lapsed(request):
        form.add_error(None, _("This page was open for long. Nothing is lost: please send again."))
        return _page(request, form, status=403)
    if not form.is_valid():
        return _page(request, form, status=400)
    if request.POST.get(TRAP):
        return sent(request, form.cleaned_data.get("email", ""))
    given = form.cleaned_data
    # Sent once more it is not like another post: it is that post.
    sent_before = Post.objects.filter(form_key=given["form_key"], text=given["text"]).exists()
    if not request.POST.get(REVIEWED) and not sent_before:
        alike, tells = similar(given["text"], given["theme"]), _tells(given)
        if alike or tells:
            return _page(request, form, alike, tells=tells)
    return _make(request, form, who)


def _make(request: HttpRequest, form: PostForm, who: User | None) -> HttpResponse:
    """Write what the form says, once however often it is sent, and go on."""
    given = form.cleaned_data
    known = Post.objects.filter(form_key=given["form_key"]).first()
    if known and known.text != given["text"]:
        # Gone back, and written something else: that is another post.
        given["form_key"], known = uuid.uuid4(), None
    try:
        post = known or _written(request, given, who)
    except IntegrityError:
        # The same form at the same moment: the other request wrote it.
        post = Post.objects.get(form_key=given["form_key"])
    except GeoError as error:
        form.add_error(None, error.description)
        return _page(request, form, status=429 if isinstance(error, TooMany) else 400)
    if who is None:
        return sent(request, given["email"])
    return redirect("talk-post", post.pk) if post.public else redirect("talk-waits")


def _written(request: HttpRequest, given: dict, who: User | None) -> Post:
    limits.writing(request, who, limits.POSTS)
    found = given["place"]
    said = {
        **{name: given[name] for name in AS_GIVEN},
        "show": Post.Show(given["show"]),
        "outcode": found.outcode if found else "",
        "region": found.region if found else None,
    }
    if who:
        return actions.make_signed_in(who, **said)
    with transaction.atomic():
        post = actions.make_post(**said, confirmed=False)
        confirmation.ask("post", given["email"], subject=post)
    return post


def _page(
    request: HttpRequest,
    form: PostForm,
    alike: list[Post] | None = None,
    status: int = 200,
    tells: str = "",
) -> HttpResponse:
    # Once seen, they are not in the way again.
    seen = alike or tells or request.POST.get(REVIEWED)
    context = {
        "form": form,
        "owner": owner(person(request)),
        "alike": alike,
        "tells": tells,
        "others_see": others_see(form.cleaned_data) if form.is_bound else "",
        "seen": seen,
        "themes": Theme.objects.open(),
        # Closed, it says "in lists alone", which is what nearly everybody means.
        "where_open": bool({"organisation", "postcode", "show"} & set(form.errors))
        or str(form["show"].value()) != str(int(Post.Show.NONE)),
    }
    return render(request, "hubs/conversation/new.html", context, status=status)


def _before(who: User | None) -> dict[str, object]:
    """What a person said of themselves with their last post that is not anonymous."""
    mine = Post.objects.filter(author=who).select_related("organisation")
    last = mine.newest_first().first() if who else None
    if not last:
        return {"display_name": who.name} if who else {}
    return {
        "signed": last.signed,
        "display_name": last.display_name,
        "role": last.role,
        "works_in_care": last.works_in_care,
        "organisation": last.organisation.name if last.organisation else "",
        "chosen": last.organisation.public_code if last.organisation else "",
        "postcode": last.outcode,
        "show": last.show if last.show != Post.Show.REGION else Post.Show.NONE,
    }


def _here(request: HttpRequest) -> dict[str, object]:
    found: dict[str, object] = {}
    if slug := params.text(request.GET, "theme"):
        found["theme"] = slug
    code = params.text(request.GET, "organisation")
    organisation = Organisation.objects.by_code(code).first() if code else None
    if organisation:
        shown = Post.Show.ORGANISATION if organisation.location else Post.Show.NONE
        found |= {"organisation": organisation.name, "chosen": organisation.public_code}
        found["show"] = shown
    return found


def _tells(given: dict) -> str:
    """What the words seem to tell that a moderator would look at first; empty where nothing."""
    named = given["signed"] != Signed.ANONYMOUS
    words = (given["text"], given["display_name"] if named else "", given["role"] if named else "")
    return contact_details.in_words(contact_details.telling("\n".join(words)))


@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """Posts like the text as it stands: [{"id", "url", "support", "text", "about", "supports"}].

    Posted, so that the text is in no address and no log.
    """
    theme = Theme.objects.filter(slug=params.text(request.POST, "theme")).first()
    text = texts.tidy(request.POST.get("text", "")[:LONGEST])
    return JsonResponse(
        [
            {
                "id": post.pk,
                "url": reverse("talk-post", args=[post.pk]),
                "support": reverse("talk-part", args=[post.pk, "support"]),
                "text": post.text,
                "about": ", ".join(filter(None, (post.signature, post.place))),
                "supports": post.counts.supports,
            }
            for post in similar(text, theme)
        ],
        safe=False,
    )


@never_cache
@require_http_methods(["GET", "HEAD"])
def waits(request: HttpRequest) -> HttpResponse:
    """What was written waits for a moderator, and its author hears of it."""
    return render(request, "hubs/conversation/waits.html")
