"""Who asks, what is asked about, and how an answer is told from another."""

import datetime
import enum
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from geo import uploads
from geo.uploads.storage import CheckedFile
from hubs.conversation import actions as conversation_actions
from hubs.conversation import loaders as loading
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Theme
from hubs.events.models import Event
from hubs.following.models import Comment
from hubs.hub.models import Hub, HubMessage, Invitation
from hubs.resources.models import Resource
from pledges.accounts.models import Grant, User
from pledges.certificates.models import Certificate
from pledges.moderation.models import Case, Decision, Message
from pledges.pledging import actions
from pledges.pledging.models import Pledge
from pledges.stories.models import Story
from tests.factories import Ground, make_pledge
from tests.pledges.employers.objects import employer_objects
from tests.second_factors import sign_in

Role = Grant.Role


DOORS = ("/accounts/login/", "/accounts/2fa/", "/admin/login/")


class Answer(enum.StrEnum):
    YES = "allowed"
    SIGN_IN = "sign in, or show the second factor"
    NO = "refused"
    NOTHING = "nothing there"
    METHOD = "not by this method"


def answer_of(response: HttpResponse) -> Answer:
    status, to = response.status_code, response.headers.get("Location", "")
    # The way there says where to go on to; other redirects to these pages only lead to them.
    if status == 302 and to.startswith(DOORS) and "next=" in to:
        return Answer.SIGN_IN
    if status in (403, 409):
        return Answer.NO
    if status in (404, 410):
        return Answer.NOTHING
    if status == 405:
        return Answer.METHOD
    return Answer.YES if status in (503, 429) or status < 500 else Answer.NO


STRANGER = "stranger"
WITH_FACTOR = ("steward", "steward elsewhere", "operator")
ROLES = (
    *(STRANGER, "person", "author", "joiner", "approver", "editor"),
    *WITH_FACTOR,
    "operator with one factor",
)


@dataclass(frozen=True)
class Cast:
    """What is asked about, and a session of somebody in each role."""

    sessions: dict[str, str]
    things: dict[str, Any]

    @classmethod
    def gather(cls, ground: Ground) -> "Cast":
        people = {
            role: User.objects.create_user(f"{role.replace(' ', '-')}@example.net")
            for role in ROLES
            if role != STRANGER
        }
        grants: dict[str, dict[str, Any]] = {
            "approver": {"role": Role.APPROVER, "organisation": ground.hospital},
            "editor": {"role": Role.EDITOR, "organisation": ground.hospital},
            "steward": {"role": Role.STEWARD, "area": ground.west},
            "steward elsewhere": {"role": Role.STEWARD, "area": ground.east},
            "operator": {"role": Role.OPERATOR},
            "operator with one factor": {"role": Role.OPERATOR},
        }
        for role, grant in grants.items():
            Grant.objects.create(person=people[role], **grant)
        things = things_of(ground, people["author"], people["joiner"])
        things.update(things_of_hub(ground, people["steward"]))
        things.update(employer_objects(ground, people["author"]))
        things.update(things_of_conversation(ground, people["author"]))
        things["comment"] = Comment.objects.create(
            subject=things["resource"], author=people["author"], text="x", form_key=uuid.uuid4()
        )
        return cls({role: _session(role, person) for role, person in people.items()}, things)

    def client(self, role: str) -> Client:
        """A browser of somebody in that role, who has shown the second factor if they have one."""
        client = Client()
        if role != STRANGER:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def parts(self, about: str) -> dict[str, str]:
        """The parts of an address that is about this thing."""
        thing = self.things[about]
        return {
            "pk": str(thing.pk),
            "key": str(self.things["pledge"].pk),
            "morton": str(self.things["pledge"].morton),
            "number": self.things["certificate"].number,
            "slug": slug_of(thing),
            "app_label": "pledges",
            "content_type_id": "1",
            "object_id": "1",
        }


def things_of(ground: Ground, author: User, joiner: User) -> dict[str, Any]:
    """One of everything, in the region West: the author's, and joined by the joiner."""
    ours = {"author": author, "organisation": ground.hospital}
    pledge = make_pledge(ground, contactable=True, **ours)
    actions.join(pledge, joiner)
    waiting = make_pledge(ground, who=Pledge.Who.ORGANISATION, confirmed=False, **ours)
    Pledge.objects.filter(pk=waiting.pk).update(verified_at=timezone.now())
    done = make_pledge(ground, "I have listened.", done=True, **ours)
    hidden = make_pledge(ground, "I will shout.", hidden=True, **ours)
    picture = uploads.save_upload(CheckedFile(b"x", "webp", "image/webp", 1, 1))
    decided = case_of(hidden, decided_at=timezone.now(), outcome=Case.Outcome.HIDDEN)
    Decision.objects.create(
        case=decided,
        outcome=Case.Outcome.HIDDEN,
        ground=Decision.Ground.UNKIND,
        text=hidden.text,
        decided_at=timezone.now(),
    )
    day = datetime.date(2026, 3, 3)
    return {
        "pledge": pledge,
        "waiting": waiting,
        "done": done,
        "hidden": hidden,
        "story": Story.objects.create(pledge=done, author=author, text="I did.", picture=picture),
        "certificate": Certificate.objects.create(
            number="ABCDEFGH3467", pledge=done, person=author, name="A", done_on=day
        ),
        "message": Message.objects.create(
            pledge=pledge, sender=joiner, recipient=author, text="Hello", relayed_at=timezone.now()
        ),
        "case": case_of(pledge),
        "decided": decided,
    }


def things_of_conversation(ground: Ground, author: User) -> dict[str, Any]:
    """Posts and replies of the author's, in the region West."""
    loading.load(lambda words: None, force=True)
    theme = Theme.objects.get(number=1)
    given = {"theme": theme, "kind": Post.Kind.IDEA, "show": Post.Show.REGION}
    given |= {"region": ground.west, "author": author}
    post = conversation_actions.make_post(text="More lockers.", **given)
    hidden = conversation_actions.make_post(text="Shouting.", **given)
    Post.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    held = conversation_actions.make_reply(post, text="Ring me.", author=author)
    Reply.objects.filter(pk=held.pk).update(held_at=timezone.now(), confirmed_at=None)
    return {
        "talk theme": theme,
        "post": post,
        "hidden post": hidden,
        "anonymous post": conversation_actions.make_post(
            text="Hush.", **given, signed=Signed.ANONYMOUS
        ),
        "reply": conversation_actions.make_reply(post, text="Yes.", author=author),
        "held reply": held,
        "anonymous reply": conversation_actions.make_reply(
            post, text="Hush.", author=author, signed=Signed.ANONYMOUS
        ),
    }


def things_of_hub(ground: Ground, member: User) -> dict[str, Any]:
    """One of everything of a hub that serves West, and two that belong to all hubs together."""
    hub = Hub.objects.create(
        code="Y58", slug="west", name="Hub of the West", email="west@example.org", place="Alderham"
    )
    hub.areas.add(ground.west)
    file = uploads.save_upload(CheckedFile(b"x", "txt", "text/plain"))
    shared = {"kind": Resource.Kind.values[0], "licence": Resource.Licence.OGL, "upload": file}
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    times = {"starts_at": tomorrow, "ends_at": tomorrow + datetime.timedelta(hours=1)}
    meeting = {"kind": Event.Kind.MEETING, "hub": hub, "place": "Town hall", **times}
    out = {"status": Event.Status.PUBLISHED, **meeting}
    return {
        "hub": hub,
        "member": member,
        "invitation": Invitation.objects.create(
            hub=hub, email="dora@example.org", invited_by=member, expires_at=tomorrow
        ),
        "resource": Resource.objects.create(
            hub=hub, title="Poster", published_at=timezone.now(), **shared
        ),
        "draft resource": Resource.objects.create(hub=hub, title="Draft", **shared),
        "link": Resource.objects.create(
            title="Website",
            link="https://example.org/",
            published_at=timezone.now(),
            **{**shared, "upload": None},
        ),
        "national resource": Resource.objects.create(title="Of all", **shared),
        "hub message": HubMessage.objects.create(
            hub=hub, email="dora@example.org", text="Hello", form_key=uuid.uuid4()
        ),
        "event": Event.objects.create(slug="meeting-abcd", title="Meeting", **out),
        "draft event": Event.objects.create(slug="draft-abcd", title="Draft", **meeting),
    }


def slug_of(thing: Any) -> str:
    """The slug in an address about this thing: its own, that of its hub, or a pledge's kind."""
    if hub := getattr(thing, "hub", None):
        return getattr(thing, "slug", "") or hub.slug
    return getattr(thing, "slug", "pledge")


def case_of(pledge: Pledge, **more: Any) -> Case:
    return Case.objects.create(
        content_type=ContentType.objects.get_for_model(Pledge),
        object_id=pledge.pk,
        why=Case.Why.REPORTED,
        author=pledge.author,
        region=pledge.organisation.region,
        district=pledge.organisation.district,
        original=pledge.text,
        opened_at=timezone.now(),
        **more,
    )


def _session(role: str, person: User) -> str:
    client = Client()
    if role in WITH_FACTOR:
        sign_in(client, person)
    else:
        client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
