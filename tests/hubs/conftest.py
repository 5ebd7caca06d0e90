"""Hubs on the ground of the tests, their stewards, and who writes to them."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from geo.uploads.storage import CheckedFile
from hubs.hub import actions
from hubs.hub.loaders import load_hubs
from hubs.hub.models import Hub, HubMessage
from hubs.resources import actions as resources_actions
from hubs.resources.models import Resource
from pledges.accounts.models import Grant, User
from tests.pledges.accounts.conftest import post
from tests.second_factors import sign_in

__all__ = ["post"]
HTML = "<script>alert(7)</script>"

WEST = {
    "code": "Y58",
    "slug": "west",
    "name": "West hub",
    "name_cy": "Hyb y Gorllewin",
    "welcome": "Come in.",
    "welcome_cy": "Dewch i mewn.",
    "email": "west@example.org",
    "place": "Westham",
    "lon": -3.5,
    "lat": 51.0,
    "areas": ["Y58"],
}
EAST = {
    **WEST,
    "code": "Y59",
    "slug": "east",
    "name": "East hub",
    "name_cy": "",
    "place": "Eastham",
    "lon": -0.5,
    "areas": ["Y59"],
}


def silently(words: str) -> None:
    """A report that nobody reads."""


@pytest.fixture
def hubs_file(tmp_path):
    """Write a file of hubs, or of anything else."""

    def write(rows: object) -> Path:
        path = tmp_path / "hubs.json"
        path.write_text(json.dumps(rows))
        return path

    return write


@pytest.fixture
def hubs(ground, hubs_file) -> dict[str, Hub]:
    """A hub far in the west of West, and one far in the east of East."""
    load_hubs(silently, hubs_file([WEST, EAST]))
    return {hub.slug: hub for hub in Hub.objects.all()}


def person_with(email: str, **grant: object) -> User:
    person = User.objects.create_user(email, name=email.partition("@")[0].title())
    Grant.objects.create(person=person, **grant)
    return person


@pytest.fixture
def wilma(ground) -> User:
    """The steward of the West, and so of its hub."""
    return person_with("wilma@example.org", role=Grant.Role.STEWARD, area=ground.west)


@pytest.fixture
def erwin(ground) -> User:
    """The steward of the East."""
    return person_with("erwin@example.org", role=Grant.Role.STEWARD, area=ground.east)


@pytest.fixture
def olga(database) -> User:
    """An operator."""
    return person_with("olga@example.org", role=Grant.Role.OPERATOR)


@pytest.fixture
def seat() -> Callable[[User | None], Client]:
    """A browser of its own for each: with the second factor for whoever needs one."""

    def opened(person: User | None = None) -> Client:
        if person and Grant.objects.of(person).exists():
            return sign_in(Client(), person)
        client = Client()
        if person:
            client.force_login(person)
        return client

    return opened


@pytest.fixture
def message(hubs) -> HubMessage:
    """What Dora, who has no account, wrote to the West hub."""
    return write(hubs["west"])


def write(hub: Hub, **more) -> HubMessage:
    words = {"text": "Can you help us?", "email": "dora@example.org", "network": "192.0.2.1"}
    key = {"form_key": more.pop("form_key", None) or uuid.uuid4()}
    return actions.write_message(hub, **{**words, **key, **more})


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def given(name: str = "guide.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def resource(hubs) -> Callable[..., Resource]:
    """Make a resource of the West hub, published unless said else; `link` or a file."""

    def make(title: str = "A guide", **more) -> Resource:
        hub = more.pop("hub", hubs["west"])
        shown = more.pop("published", True)
        content = more.pop("content", PDF)
        words = {"title": title, "kind": "guide", "licence": "cc-by", **more}
        file = None if words.get("link") else CheckedFile(content, "pdf", "application/pdf")
        made = resources_actions.create_resource(hub, None, words, file)
        if shown:
            resources_actions.publish(made)
        return made

    return make
