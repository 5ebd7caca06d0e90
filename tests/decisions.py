"""Who may ask for what: a decision for every address. A new address needs a line here.

`everyone()`, `signed_in()`, `only("author", ...)` and `nothing()` say what each role is answered;
`about=` names the thing of `tests.roles` that it is about, other names fix parts of the address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.roles import ROLES, STRANGER, WITH_FACTOR, Answer

ONE_FACTOR, OPERATOR = "operator with one factor", "operator"
YES, NO, NOTHING, SIGN_IN = Answer.YES, Answer.NO, Answer.NOTHING, Answer.SIGN_IN


@dataclass(frozen=True)
class Rule:
    """What each role is answered; `asked` are the roles to ask, where few tell of all."""

    answers: Mapping[str, Answer]
    about: str = "pledge"
    parts: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ROLES
    # Where the button is not for all to whom the page is shown.
    posted: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return " ".join([self.about, *self.parts.values()])


def everyone(about: str = "pledge", **parts: str) -> Rule:
    few = (STRANGER, "author", OPERATOR)
    return Rule(dict.fromkeys(ROLES, YES), about, parts, few)


def nothing(about: str = "pledge", **parts: str) -> Rule:
    """Nothing for anybody: what is asked for is not there, as a token that was never made."""
    few = (STRANGER, "person", OPERATOR)
    return Rule(dict.fromkeys(ROLES, NOTHING), about, parts, few)


def signed_in(about: str = "pledge", **parts: str) -> Rule:
    asked = (STRANGER, "person", "author", OPERATOR)
    return Rule({**dict.fromkeys(ROLES, YES), STRANGER: SIGN_IN}, about, parts, asked)


def only(
    *roles: str,
    others: Answer = NO,
    stranger: Answer = SIGN_IN,
    about: str = "pledge",
    posted: Mapping[str, Answer] | None = None,
    **parts: str,
) -> Rule:
    """The roles named, and operators whether or not they have shown the second factor."""
    named = {*roles, ONE_FACTOR} if OPERATOR in roles else set(roles)
    answers = {role: YES if role in named else others for role in ROLES}
    return Rule({**answers, STRANGER: stranger}, about, parts, posted=posted or {})


def second_factor(*roles: str, others: Answer = NO, about: str = "pledge", **parts: str) -> Rule:
    """The roles named, once they have shown their second factor; to stewards, others."""
    answers = {role: YES if role in roles else NO for role in ROLES}
    for role in ("steward", "steward elsewhere"):
        if role not in roles:
            answers[role] = others
    return Rule({**answers, STRANGER: SIGN_IN, ONE_FACTOR: SIGN_IN}, about, parts)


def with_factor(answer: Answer, others: Answer) -> Rule:
    """What whoever has a second factor is answered: often, to show it again."""
    answers = {role: answer if role in WITH_FACTOR else others for role in ROLES}
    return Rule({**answers, STRANGER: SIGN_IN})


def kept_from(*roles: str) -> Rule:
    """Not for these roles, which are told to sign in; what the others may, other tests ask."""
    return Rule(dict.fromkeys(roles, SIGN_IN), asked=roles)


AUTHOR_ALONE = {"others": NO, "stranger": NO}
HIDDEN_FROM_OTHERS = {"others": NOTHING}
STEWARDS = ("steward", "steward elsewhere", OPERATOR)
OF_HUB = ("steward", OPERATOR)
TEAM = "hubs/<slug:slug>/team/"
VERB = "pledges/<int:pk>/<slug:verb>/"
DECISIONS: dict[str, Rule | list[Rule]] = {
    "": everyone(),
    "accessibility/": everyone(),
    "accounts/2fa/": signed_in(),
    "accounts/2fa/authenticate/": everyone(),
    "accounts/2fa/go-on/": signed_in(),
    "accounts/2fa/reauthenticate/": with_factor(YES, others=NO),
    "accounts/2fa/recovery-codes/": with_factor(SIGN_IN, others=NOTHING),
    "accounts/2fa/recovery-codes/generate/": with_factor(SIGN_IN, others=YES),
    "accounts/2fa/totp/activate/": with_factor(SIGN_IN, others=YES),
    "accounts/2fa/totp/deactivate/": with_factor(SIGN_IN, others=NOTHING),
    "accounts/inactive/": everyone(),
    "accounts/login/": everyone(),
    "accounts/login/code/": everyone(),
    "accounts/logout/": everyone(),
    "accounts/signup/": everyone(),
    "admin/": Rule({**dict.fromkeys(ROLES, SIGN_IN), OPERATOR: YES}),
    "admin/login/": second_factor(OPERATOR),
    "admin/logout/": everyone(),
    "api": everyone(),
    "api/": everyone(),
    "api/changes": everyone(),
    "api/collections": everyone(),
    "api/collections/<str:name>": everyone(),
    "api/collections/<str:name>/export.<slug:form>": everyone(form="geojson"),
    "api/collections/<str:name>/items": everyone(),
    "api/collections/<str:name>/items/<str:key>": everyone(),
    "api/collections/<str:name>/queryables": everyone(),
    "api/collections/<str:name>/schema": everyone(),
    "api/collections/<str:name>/tiles.json": everyone(),
    "api/conformance": everyone(),
    "api/docs": everyone(),
    "api/geocode": everyone(),
    "api/nearest-hub": everyone(),
    "api/openapi": everyone(),
    "api/reverse": everyone(),
    "api/suggest": everyone(),
    "base/<slug:name>.json": everyone(name="land"),
    "certificates/<str:number>/": only("author", **HIDDEN_FROM_OTHERS),
    "certificates/<str:number>/certificate.pdf": only("author", **HIDDEN_FROM_OTHERS),
    "check/": everyone(),
    "check/<str:number>/": everyone(),
    "confirm/": everyone(),
    "confirm/<str:token>/": nothing(),
    "confirm/done/": everyone(),
    "data/": everyone(),
    "decisions/<str:token>/": nothing(),
    "demo/outbox/": nothing(),
    "events/": everyone(),
    "events/<slug:slug>/": [
        everyone(about="event"),
        only(*OF_HUB, others=NOTHING, stranger=NOTHING, about="draft event"),
    ],
    "events/<slug:slug>/check-in/": second_factor(*OF_HUB, about="event"),
    "events/<slug:slug>/edit/": second_factor(*OF_HUB, about="event"),
    "events/<slug:slug>/event.ics": [everyone(about="event"), nothing(about="draft event")],
    "events/<slug:slug>/message/": second_factor(*OF_HUB, about="event"),
    "events/<slug:slug>/people.csv": second_factor(*OF_HUB, about="event"),
    "events/<slug:slug>/people/": second_factor(*OF_HUB, about="event"),
    "events/<slug:slug>/posts/": second_factor(*OF_HUB, about="event"),
    "events/<slug:slug>/register/": [everyone(about="event"), nothing(about="draft event")],
    "events/<slug:slug>/run/": second_factor(*OF_HUB, about="event"),
    "events/<slug:slug>/run/<slug:verb>/": second_factor(*OF_HUB, about="event", verb="cancel"),
    "events/calendar.ics": everyone(),
    "events/for-post/<int:pk>/": second_factor("author", *OF_HUB, about="post"),
    "events/new/": second_factor(*OF_HUB),
    "events/organise/": second_factor(*STEWARDS),
    "events/place/<str:token>/": nothing(),
    "healthz": everyone(),
    "hubs/": everyone(),
    "hubs/<slug:slug>/": everyone(about="hub"),
    "hubs/<slug:slug>/write/": everyone(about="hub"),
    "hubs/<slug:slug>/written/": everyone(about="hub"),
    f"{TEAM}": second_factor(*OF_HUB, about="hub"),
    f"{TEAM}invitations/<int:pk>/revoke/": second_factor(*OF_HUB, about="invitation"),
    f"{TEAM}members/": second_factor(*OF_HUB, about="hub"),
    f"{TEAM}members/<int:pk>/remove/": second_factor(*OF_HUB, about="member", slug="west"),
    f"{TEAM}messages/": second_factor(*OF_HUB, about="hub"),
    f"{TEAM}messages/<int:pk>/": second_factor(*OF_HUB, about="hub message"),
    f"{TEAM}messages/<int:pk>/aside/": second_factor(*OF_HUB, about="hub message"),
    f"{TEAM}resources/": second_factor(*OF_HUB, about="hub"),
    f"{TEAM}resources/<int:pk>/": second_factor(*OF_HUB, about="draft resource"),
    f"{TEAM}resources/<int:pk>/<slug:verb>/": second_factor(
        *OF_HUB, about="draft resource", verb="publish"
    ),
    f"{TEAM}resources/<int:pk>/file/": second_factor(*OF_HUB, about="draft resource"),
    f"{TEAM}resources/new/": second_factor(*OF_HUB, about="hub"),
    f"{TEAM}words/": second_factor(*OF_HUB, about="hub"),
    "manifest.webmanifest": everyone(),
    "map/list/": everyone(),
    "map/summary.json": everyone(),
    "messages/<int:pk>/": only("author", "joiner", about="message", **HIDDEN_FROM_OTHERS),
    "mine/": signed_in(),
    "mine/changemap/": signed_in(),
    "mine/changemap/bookmarks/": signed_in(),
    "mine/changemap/bookmarks/<slug:slug>/<int:pk>/": [
        signed_in(slug="pledge"),
        only(others=NOTHING, about="hidden", slug="pledge"),
        only(others=NOTHING, about="hidden post", slug="post"),
    ],
    "mine/changemap/topics/": signed_in(),
    "mine/comments/<int:pk>/": only("author", about="comment", others=NOTHING),
    "mine/data.json": signed_in(),
    "mine/decisions/<int:pk>/": only("author", about="decided", **HIDDEN_FROM_OTHERS),
    "mine/delete/": signed_in(),
    "mine/reminders/": signed_in(),
    "moderation/": second_factor(*STEWARDS),
    "moderation/<int:pk>/": second_factor("steward", OPERATOR, about="case"),
    "newsletter/off/<str:token>/": nothing(),
    "off-map/": everyone(),
    "offline/": everyone(),
    "organisations/<str:code>/": everyone(),
    "organisations/suggest.json": everyone(),
    "areas/": everyone(),
    "areas/<str:code>/dashboard/": everyone(code="Y58"),
    "areas/<str:code>/dashboard/dashboard.csv": everyone(code="Y58"),
    "areas/<str:code>/dashboard/dashboard.gpkg": everyone(code="Y58"),
    "areas/<str:code>/dashboard/dashboard.pdf": everyone(code="Y58"),
    "organisations/<str:code>/dashboard/": everyone(),
    "organisations/<str:code>/dashboard/dashboard.csv": everyone(),
    "organisations/<str:code>/dashboard/dashboard.gpkg": everyone(),
    "organisations/<str:code>/dashboard/dashboard.pdf": everyone(),
    "picture.png": everyone(),
    "pledges/": everyone(),
    "pledges/<int:pk>/": [everyone(), nothing(about="hidden"), nothing(about="waiting")],
    VERB: [
        only(*ROLES, stranger=YES, posted={"author": NO}, verb="like"),
        only(*ROLES, stranger=YES, posted={"author": NO}, verb="join"),
        signed_in(verb="unlike"),
        signed_in(verb="leave"),
        signed_in(verb="part-done"),
        signed_in(verb="part-not-done"),
        only("author", **AUTHOR_ALONE, verb="done"),
        only("author", **AUTHOR_ALONE, verb="not-done"),
        only("author", **AUTHOR_ALONE, verb="withdraw"),
        only("author", others=NOTHING, stranger=NOTHING, about="hidden", verb="withdraw"),
    ],
    "pledges/<int:pk>/approval/": only(
        *("author", "approver", OPERATOR), others=NOTHING, stranger=NOTHING, about="waiting"
    ),
    "pledges/<int:pk>/certificate/": only("author", about="done", **HIDDEN_FROM_OTHERS),
    "pledges/<int:pk>/contact/": Rule({**dict.fromkeys(ROLES, YES), "author": NOTHING}),
    "pledges/<int:pk>/correct/": [
        only("author", **AUTHOR_ALONE),
        only("author", others=NOTHING, stranger=NOTHING, about="hidden"),
    ],
    "pledges/<int:pk>/picture.png": [everyone(), nothing(about="hidden")],
    "pledges/<int:pk>/popup/": [everyone(), nothing(about="hidden")],
    "pledges/<int:pk>/qr.svg": [everyone(), nothing(about="hidden")],
    "pledges/<int:pk>/shared/": everyone(),
    "pledges/<int:pk>/story/": only("author", about="done", **HIDDEN_FROM_OTHERS),
    "pledges/here.json": everyone(),
    "pledges/list.atom": everyone(),
    "pledges/among.json": everyone(),
    "pledges/list.csv": everyone(),
    "pledges/new/": everyone(),
    "pledges/similar.json": everyone(),
    "privacy/": everyone(),
    "ratings/<slug:slug>/<int:pk>/": [
        signed_in(about="resource", slug="resource"),
        only(others=NOTHING, about="draft resource", slug="resource"),
    ],
    "readyz": everyone(),
    "reminders/<str:token>/": nothing(),
    "reminders/off/<str:token>/": nothing(),
    "report/<slug:slug>/<int:pk>/": everyone(),
    "report/thanks/": everyone(),
    "resources/": everyone(),
    "resources/<int:pk>/": [everyone(about="resource"), nothing(about="draft resource")],
    "resources/<int:pk>/file/": [everyone(about="resource"), nothing(about="draft resource")],
    "resources/<int:pk>/link/": [everyone(about="link"), nothing(about="resource")],
    "resources/team/": second_factor(OPERATOR),
    "resources/team/<int:pk>/": second_factor(OPERATOR, about="national resource"),
    "resources/team/<int:pk>/<slug:verb>/": second_factor(
        OPERATOR, about="national resource", verb="publish"
    ),
    "resources/team/<int:pk>/file/": second_factor(OPERATOR, about="national resource"),
    "resources/team/new/": second_factor(OPERATOR),
    "spots/<int:morton>/": everyone(),
    "stories/": everyone(),
    "stories/<int:pk>/": everyone(about="story"),
    "stories/<int:pk>/picture/": everyone(about="story"),
    "stories/<int:pk>/remove/": only("author", about="story", **HIDDEN_FROM_OTHERS),
    "talk/": everyone(),
    "talk/among.json": everyone(),
    "talk/mails/": signed_in(),
    "talk/mails/off/<str:token>/": nothing(),
    "talk/map/": everyone(),
    "talk/mine/": signed_in(),
    "talk/new/": everyone(),
    "talk/posts/": everyone(),
    "talk/posts/<int:pk>/": [everyone(about="post"), nothing(about="hidden post")],
    "talk/posts/<int:pk>/<slug:verb>/": [
        only(*ROLES, stranger=YES, posted={"author": NO}, about="post", verb="support"),
        only("author", about="post", verb="withdraw"),
        nothing(about="hidden post", verb="support"),
    ],
    "talk/posts/<int:pk>/author/": second_factor(OPERATOR, about="anonymous post"),
    "talk/posts/<int:pk>/pledge/": signed_in(about="post"),
    "talk/posts/<int:pk>/popup/": [everyone(about="post"), nothing(about="hidden post")],
    "talk/posts/<int:pk>/reply/": [everyone(about="post"), nothing(about="hidden post")],
    "talk/posts/<int:pk>/reword/": only("author", about="post"),
    "talk/posts/list.atom": everyone(),
    "talk/posts/list.csv": everyone(),
    "talk/queue/": second_factor(*STEWARDS),
    "talk/queue/<int:pk>/": second_factor(*OF_HUB, about="post"),
    "talk/replies/<int:pk>/": everyone(about="reply"),
    "talk/replies/<int:pk>/author/": second_factor(OPERATOR, about="anonymous reply"),
    "talk/replies/<int:pk>/reword/": only("author", about="held reply", **HIDDEN_FROM_OTHERS),
    "talk/replies/<int:pk>/withdraw/": only("author", about="reply"),
    "talk/similar.json": everyone(),
    "talk/spots/<int:morton>/": everyone(),
    "talk/themes/<slug:slug>/": everyone(about="talk theme"),
    "talk/themes/<slug:slug>/report.csv": everyone(about="talk theme"),
    "talk/themes/<slug:slug>/report.pdf": everyone(about="talk theme"),
    "talk/themes/<slug:slug>/report/": everyone(about="talk theme"),
    "talk/themes/<slug:slug>/terms/": everyone(about="talk theme"),
    "talk/waits/": everyone(),
    "terms/": everyone(),
    "tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.json": everyone(),
    "tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt": everyone(),
    "words.js": everyone(),
    "words/check.json": everyone(),
    "worker.js": everyone(),
}
# All that is below is kept from the same people, whatever there will be.
BELOW = {"admin/": kept_from(STRANGER, "steward", ONE_FACTOR)}
