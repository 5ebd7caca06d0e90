"""What Charlie, a stranger, may not see, wherever he looks."""

import io
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from pledges.pledging.models import Pledge
from pledges.stories.models import Story
from tests.test_hostile import GOOD, TRIED, address

SECRET = "I will go to zanzibar."
STATES = {
    "not confirmed": {"confirmed": False},
    "hidden by a moderator": {"hidden": True},
    "withdrawn by its author": {"withdrawn": True},
    "held for a moderator": {"confirmed": False, "held": True},
}
ASKED = ("", "?q=zanzibar", "?organisation=RXA", "?show=none", "?theme=staff", "?cursor=")

READS: dict[str, bool] = {}  # by address: found once, as asking takes longer than the rest


@pytest.fixture
def everything(client: Client) -> Callable[[Pledge], dict[str, str]]:
    """All that the site answers, by address, for the parts that a pledge has."""

    def reads(route: str, path: str) -> bool:
        """Whether it reads parameters: then it refuses those that it does not know."""
        if route not in READS:
            READS[route] = client.get(f"{path}?penguins=1").status_code == 400
        return READS[route]

    def look(pledge: Pledge) -> dict[str, str]:
        keys = {"pk": str(pledge.pk), "key": str(pledge.pk), "morton": str(pledge.morton or 0)}
        seen = {}
        for route in TRIED:
            plain = address(route, {**GOOD, **keys})
            drawn = plain.endswith(".pdf")  # which takes seconds
            for asked in ASKED if reads(route, plain) and not drawn else ("",):
                seen[plain + asked] = words(client.get(plain + asked))
        return seen

    return look


def words(answer: HttpResponse) -> str:
    """What an answer says, be it a page or a PDF."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type") == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return "" if answer.get("Content-Encoding") else body.decode(errors="replace")


def telling(seen: dict[str, str], word: str) -> list[str]:
    return [path for path, text in seen.items() if word in text]


def test_what_is_public_is_seen(pledge, ground, count_up, everything):
    """The eyes of the tests below are open."""
    made = pledge(SECRET, organisation=ground.hospital, theme="staff")
    count_up()
    found = telling(everything(made), SECRET)
    assert len(found) > 10
    assert f"/pledges/{made.pk}/" in found
    assert "/api/collections/pledges/items" in found


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("place", ["organisation", "region"])
def test_a_pledge_that_is_not_public_is_nowhere(
    pledge, ground, count_up, everything, client, state, place
):
    places = {
        "organisation": {"organisation": ground.hospital},
        "region": {"region": ground.east},
    }
    hidden = pledge(SECRET, theme="staff", **places[place], **STATES[state])
    count_up()
    assert telling(everything(hidden), SECRET) == []
    for path in (f"/pledges/{hidden.pk}/", f"/pledges/{hidden.pk}/popup/"):
        assert client.get(path).status_code == 404
    assert client.get(f"/api/collections/pledges/items/{hidden.pk}").status_code == 404
    assert client.get("/map/summary.json").json()["total"] == 0


def test_a_pledge_taken_out_of_view_is_gone_from_what_was_kept(
    pledge, ground, count_up, everything
):
    """Counts, tiles and matches are kept in memory by the state of the counts."""
    made = pledge(SECRET, organisation=ground.hospital, theme="staff")
    count_up()
    assert telling(everything(made), SECRET)
    Pledge.objects.filter(pk=made.pk).update(hidden_at=made.created_at)
    count_up()
    seen = everything(made)
    assert telling(seen, SECRET) == []
    assert '"count":1' not in seen["/tiles/pledges/0/0/0.json"].replace(" ", "")


def test_who_an_author_is_is_nobodys_business(pledge, alice, count_up, everything):
    """The name shown is the one that Alice chose; her account is hers."""
    made = pledge("I will listen.", author=alice, outcode="SO14", display_name="A nurse")
    count_up()
    seen = everything(made)
    assert telling(seen, "A nurse")
    for secret in (alice.email, "example.org/alice", '"author"', "Alice"):
        assert telling(seen, secret) == []


def test_a_region_pledge_says_no_more_than_its_region(pledge, ground, count_up, everything):
    made = pledge(SECRET, region=ground.east, outcode="SO14", show=Pledge.Show.REGION)
    count_up()
    seen = everything(made)
    told = telling(seen, SECRET)
    assert told
    assert telling({path: seen[path] for path in told}, "SO14") == []
    # The pages of the map and of the wall offer every district as a filter.
    elsewhere = {
        path: seen[path] for path in told if path.partition("?")[0] not in ("/", "/pledges/")
    }
    assert len(elsewhere) > 5
    for word in ("Cottleigh", "E07000003"):
        assert telling(elsewhere, word) == []


@pytest.mark.parametrize("state", ["public", "held", "hidden", "of a hidden pledge"])
def test_a_story_that_is_not_public_is_nowhere(pledge, ground, alice, count_up, everything, state):
    made = pledge(
        "I will listen.",
        author=alice,
        organisation=ground.hospital,
        done=True,
        hidden=state == "of a hidden pledge",
    )
    marks = {f"{state}_at": made.created_at} if state in ("held", "hidden") else {}
    # Numbered as its pledge is, so that every address that has a number leads to both.
    Story.objects.create(pk=made.pk, pledge=made, author=alice, text=SECRET, **marks)
    count_up()
    assert bool(telling(everything(made), SECRET)) == (state == "public")
