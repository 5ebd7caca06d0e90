"""The list of resources: searched, filtered, some at a time."""

import pytest

from hubs.resources.views.library import SIZE
from tests.pledges.test_pages import words


def listed(client, query: str = "") -> list[str]:
    return [one.title for one in client.get(f"/resources/{query}").context["resources"]]


@pytest.fixture
def shelf(hubs, resource) -> None:
    resource("Poster for the kettle", hub=None, kind="poster", language="cy")
    resource("Slides about listening", kind="slides", audience="leaders")
    resource("Handbook of courage", description="How to listen.", hub=hubs["east"])
    resource("Unfinished poster", published=False)


def test_the_newest_come_first(client, shelf):
    assert listed(client) == [
        "Handbook of courage",
        "Slides about listening",
        "Poster for the kettle",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Words of a title weigh more than those of a description.
        ("?q=listening", ["Slides about listening", "Handbook of courage"]),
        ("?q=poster", ["Poster for the kettle"]),
        ("?q=postre", ["Poster for the kettle"]),
        ("?q=xyzzy", []),
        ("?kind=slides", ["Slides about listening"]),
        ("?audience=leaders", ["Slides about listening"]),
        ("?language=cy", ["Poster for the kettle"]),
        ("?hub=east", ["Handbook of courage"]),
        ("?hub=all", ["Poster for the kettle"]),
        ("?q=listen&hub=west", ["Slides about listening"]),
        (
            "?utm_source=x&kind=",
            ["Handbook of courage", "Slides about listening", "Poster for the"],
        ),
    ],
)
def test_search_and_filters(client, shelf, query, found):
    titles = listed(client, query)
    assert len(titles) == len(found)
    assert all(title.startswith(start) for title, start in zip(titles, found, strict=True))


@pytest.mark.parametrize(
    "query", ["kind=song", "audience=x", "language=xx", "hub=north", "page=0", "page=x", "zoom=1"]
)
def test_what_cannot_be_read_is_refused(client, hubs, query):
    assert client.get(f"/resources/?{query}").status_code == 400


def test_pages_keep_the_search(client, hubs, resource):
    for number in range(SIZE + 2):
        resource(f"Poster {number}", kind="poster")
    resource("A guide")
    first = client.get("/resources/?kind=poster")
    assert 'href="?kind=poster&amp;page=2"' in first.content.decode()
    assert len(first.context["resources"]) == SIZE
    assert listed(client, "?kind=poster&page=2") == ["Poster 1", "Poster 0"]
    assert f"{SIZE + 2} resources" in words(first)


def test_kind_size_licence_and_whose_it_is_are_told(client, resource):
    made = resource("A guide", description="Good.\n\nVery good.", demo=True)
    page = words(client.get(f"/resources/{made.pk}/"))
    assert "A guide Demo Good. Very good. Download (PDF, " in page
    for fact in ("Kind Guide", "Licence Creative Commons Attribution 4.0", "From West hub"):
        assert fact in page
    assert "Demo Guide · PDF, " in words(client.get("/resources/"))


def test_the_number_of_queries_is_fixed(client, hubs, resource, django_assert_max_num_queries):
    for number in range(SIZE):
        resource(f"Resource {number}")
    with django_assert_max_num_queries(10):
        client.get("/resources/?q=resource")
