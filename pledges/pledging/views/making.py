"""Making a pledge: one form, whose words are never lost."""

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
from geo.core.errors import GeoError, TooSlow
from geo.geocoding import chain
from pledges.accounts import confirmation, rate_limits
from pledges.accounts.csrf import lapsed
from pledges.accounts.identity import person
from pledges.accounts.models import Confirmation, User
from pledges.accounts.views.confirmation import sent
from pledges.moderation import contact_details
from pledges.organisations.models import Organisation
from pledges.pledging import actions
from pledges.pledging.forms import PledgeForm
from pledges.pledging.models import Pledge
from pledges.pledging.visibility_preview import others_see
from pledges.wall.similar import Near, place_in_words, similar

TRAP = "website"  # a field that people do not see, and programs fill in
AS_GIVEN = ("text", "theme", "display_name", "due", "contactable", "form_key")
REVIEWED = "reviewed"  # the similar pledges, and what the words tell, were seen


# The token is checked within: a lapsed one must not cost what somebody wrote.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """The form; `organisation` in the query string fills in where "Pledge here" was pressed."""
    who = person(request)
    if request.method != "POST":
        start = {"form_key": uuid.uuid4(), "who": Pledge.Who.PERSON, **_here(request)}
        return _page(request, PledgeForm(initial=start, signed_in=who is not None))
    form = PledgeForm(request.POST, signed_in=who is not None)
    if lapsed(request):
        form.add_error(None, _("This page was open for long. Nothing is lost: please send again."))
        return _page(request, form, status=403)
    if not form.is_valid():
        return _page(request, form, status=400)
    if request.POST.get(TRAP):
        return sent(request, form.cleaned_data.get("email", ""))
    if not request.POST.get(REVIEWED):
        alike, tells = _alike(form.cleaned_data), _tells(form.cleaned_data)
        if alike or tells:
            return _page(request, form, alike, tells=tells)
    return _make(request, form, who)


def _make(request: HttpRequest, form: PledgeForm, who: User | None) -> HttpResponse:
    """Make what the form says, once however often it is sent, and go on."""
    given = form.cleaned_data
    known = Pledge.objects.filter(form_key=given["form_key"]).first()
    if known and known.text != given["text"]:
        # Gone back, and written something else: that is another pledge.
        given["form_key"], known = uuid.uuid4(), None
    try:
        pledge = known or _written(request, given, who)
    except IntegrityError:
        # The same form at the same moment: the other request made it.
        pledge = Pledge.objects.get(form_key=given["form_key"])
    except GeoError as error:
        form.add_error(None, error.description)
        return _page(request, form, status=429 if isinstance(error, rate_limits.TooMany) else 400)
    if who is None:
        return sent(request, given["email"])
    return _onwards(pledge)


def _onwards(pledge: Pledge) -> HttpResponse:
    """Go where its author sees what becomes of it."""
    if pledge.public:
        return redirect("pledge", pledge.pk)
    waits = pledge.who == Pledge.Who.ORGANISATION and not pledge.approved_at
    return redirect("approval", pledge.pk) if waits else redirect("mine")


def _written(request: HttpRequest, given: dict, who: User | None) -> Pledge:
    rate_limits.take(rate_limits.MAILS_FROM_NETWORK, rate_limits.network(request))
    place = given["place"]
    with transaction.atomic():
        pledge = actions.make_pledge(
            **{name: given[name] for name in AS_GIVEN},
            show=Pledge.Show(given["show"]),
            who=Pledge.Who(given["who"]),
            i_am=Pledge.IAm(given["i_am"]),
            team=given["team"] if given["who"] == Pledge.Who.TEAM else "",
            organisation=given["organisation"],
            unlisted=given["unlisted"],
            outcode=place.outcode if place else "",
            region=place.region if place else None,
            author=who,
            confirmed=False,
        )
        if who:
            return actions.verify(pledge, who)
        confirmation.ask(Confirmation.Kind.PLEDGE, given["email"], pledge)
    return pledge


def _page(
    request: HttpRequest,
    form: PledgeForm,
    alike: list[Pledge] | None = None,
    status: int = 200,
    tells: str = "",
) -> HttpResponse:
    # Once seen, they are not in the way again.
    seen = alike or tells or request.POST.get(REVIEWED)
    context = {
        "form": form,
        "alike": alike,
        "tells": tells,
        "others_see": others_see(form.cleaned_data) if form.is_bound else "",
        "seen": seen,
        "shows": Pledge.Show,
        "map_address": reverse("map"),
    }
    return render(request, "pledges/pledging/new.html", context, status=status)


def _here(request: HttpRequest) -> dict[str, object]:
    code = params.text(request.GET, "organisation")
    found = Organisation.objects.by_code(code).first() if code else None
    if not found:
        return {}
    here = {"organisation": found.name, "chosen": found.public_code}
    return {**here, "show": Pledge.Show.ORGANISATION} if found.location else here


def _alike(given: dict) -> list[Pledge]:
    place = given["place"]
    try:
        return similar(given["text"], Near(place and place.location, given["organisation"]))
    except TooSlow:
        return []  # a help, and never in the way of a pledge


def _tells(given: dict) -> str:
    """What the words seem to tell that a moderator would look at first; empty where nothing."""
    words = (given["text"], given["display_name"], given["team"], given["unlisted"])
    return contact_details.in_words(contact_details.telling("\n".join(words)))


@require_POST
def suggest_similar(request: HttpRequest) -> JsonResponse:
    """Pledges like the text of the form as it stands: [{"id", "url", "text", "place", "joins"}].

    Posted, so that the text and the place are in no address and no log. Whatever in the form is
    not right yet is left aside.
    """
    form = PledgeForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    text = given.get("text") or ""
    place, organisation = given.get("place"), given.get("organisation")
    found = _alike({"text": text, "place": place, "organisation": organisation})
    return JsonResponse(
        [
            {
                "id": pledge.pk,
                "url": reverse("pledge", args=[pledge.pk]),
                "join": reverse("support", args=[pledge.pk, "join"]),
                "text": pledge.text,
                "place": place_in_words(pledge),
                "joins": pledge.counts.joins,
            }
            for pledge in found
        ],
        safe=False,
    )


@require_POST
def here(request: HttpRequest) -> JsonResponse:
    """The first half of the postcode around a point: {"outcode": "SO14"}; empty where none is.

    The browser rounds the point to three decimals, and nothing of it is kept.
    """
    return JsonResponse({"outcode": chain.reverse(params.point(request.POST)).outcode})
