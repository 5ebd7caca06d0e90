"""Promises that are due, and their people at a browser."""

import datetime
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pledges.accounts.models import User
from pledges.pledging import actions
from pledges.pledging.commitment import Part
from pledges.pledging.models import Join, Pledge
from tests.pledges.accounts.conftest import post, signed_in

__all__ = ["post", "signed_in"]

DUE = datetime.date(2027, 3, 1)
CHANGE_DAY = datetime.date(2027, 3, 3)


@pytest.fixture
def made(pledge, ground, alice) -> Pledge:
    """Alice's promise, public and not done."""
    return pledge(
        "I will sit down with every patient.",
        author=alice,
        display_name="Alice",
        organisation=ground.hospital,
        due=DUE,
    )


@pytest.fixture
def done(made) -> Pledge:
    return actions.mark_done(made)


@pytest.fixture
def joined(made, bob) -> Join:
    """Bob's part of it."""
    actions.join(made, bob)
    return Join.objects.get()


@pytest.fixture
def part() -> Callable[[Pledge, User], Part]:
    """The part of somebody in a pledge, as it is kept now."""

    def find(pledge: Pledge, person: User) -> Part:
        found = Part.of(Pledge.objects.get(pk=pledge.pk), person)
        assert found
        return found

    return find


@pytest.fixture
def sign_in(db) -> Callable[[User], Client]:
    """A browser for each person, in which they are signed in."""

    def open_for(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return open_for


@pytest.fixture
def photo() -> Callable[[], SimpleUploadedFile]:
    def take() -> SimpleUploadedFile:
        file = io.BytesIO()
        Image.new("RGB", (40, 30), "#005eb8").save(file, "JPEG")
        return SimpleUploadedFile("me at the ward.jpg", file.getvalue(), "image/jpeg")

    return take
