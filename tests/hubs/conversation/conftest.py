"""A conversation on the squares: themes, posts, and who answers them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from geo.counts.fold import fold
from hubs.conversation import actions
from hubs.conversation import loaders as loading
from hubs.conversation.models.counted import SPECS
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Theme
from pledges.accounts.models import Grant, User
from tests.pledges.accounts.conftest import post as deliver
from tests.pledges.moderation.conftest import olga, seat, stella, walter

__all__ = ["deliver", "olga", "seat", "stella", "walter"]


@pytest.fixture
def themes(ground) -> dict[str, Theme]:
    """The five themes that come with the project, by slug."""
    loading.load(lambda words: None, force=True)
    return {theme.slug: theme for theme in Theme.objects.all()}


@pytest.fixture
def post(themes, ground) -> Callable[..., Post]:
    """Write a post by the way in that people use; shown where the choices suggest.

    `post("More lockers.", theme="safe", kind="question", outcode="SO14")`; `held`, `hidden`,
    `withdrawn` and `demo` mark it so. What is left goes to `actions.make_post`.
    """
    return partial(make_post, themes)


def make_post(themes: dict[str, Theme], text: str = "More lockers.", **choices: Any) -> Post:
    theme = themes[choices.pop("theme", "equipped")]
    kind = Post.Kind[choices.pop("kind", "idea").upper()]
    marks = {f"{mark}_at": choices.pop(mark, False) for mark in ("held", "hidden", "withdrawn")}
    changes: dict[str, Any] = {name: timezone.now() for name, wanted in marks.items() if wanted}
    for name in ("demo", "created_at"):
        if name in choices:
            changes[name] = choices.pop(name)
    if "show" not in choices:
        choices["show"] = _suggested(choices)
    made = actions.make_post(text=text, theme=theme, kind=kind, **choices)
    if changes:
        Post.objects.filter(pk=made.pk).update(**changes)
    made.refresh_from_db()
    return made


def _suggested(choices: dict[str, Any]) -> Post.Show:
    if choices.get("outcode"):
        return Post.Show.OUTCODE
    if choices.get("organisation"):
        return Post.Show.ORGANISATION
    return Post.Show.REGION if choices.get("region") else Post.Show.NONE


@pytest.fixture
def reply(database) -> Callable[..., Reply]:
    """Write a reply: `reply(made, "Yes.", author=bob, parent=other)`."""

    def made(about: Post, text: str = "Yes, please.", **choices: Any) -> Reply:
        return actions.make_reply(about, text=text, **choices)

    return made


@pytest.fixture
def nina(ground) -> User:
    """The steward of the nation, who answers for the national team."""
    person = User.objects.create_user("nina@example.org", name="Nina")
    Grant.objects.create(person=person, role=Grant.Role.STEWARD, area=ground.nation)
    return person


@pytest.fixture
def counted(database) -> Callable[[], int]:
    """Fold what is queued of the conversation, as the worker does; answers how many changes."""
    return lambda: sum(fold(spec) for spec in SPECS)
