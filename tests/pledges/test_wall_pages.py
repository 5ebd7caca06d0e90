"""The page of the wall: what is on it, and what it refuses."""

import re

import pytest

from pledges.feed import nearby
from pledges.pledging.models import PledgeCounts
from tests.factories import make_organisation


@pytest.fixture
def some(ground, pledge, count_up) -> None:
    """Twenty-six pledges: 22 at the hospital, one at the clinic, two in SO14, one nowhere."""
    for number in range(22):
        pledge(f"Hospital pledge {number}.", organisation=ground.hospital, theme="care")
    pledge("Clinic pledge.", organisation=ground.clinic, theme="staff", done=True)
    pledge("Outcode pledge.", outcode="SO14", theme="staff")
    pledge("<b>Bold</b> pledge.", outcode="SO14", theme="staff")
    pledge("Quiet pledge.", theme="attitude")
    count_up()


def page(client, query: str = "", **posted: str) -> str:
    address = f"/pledges/{query}"
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def texts(html: str) -> list[str]:
    return re.findall(r'pledge-item__text"><a href="/pledges/\d+/">(.*?)</a>', html)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def links(html: str, relation: str) -> list[str]:
    found = re.findall(rf'rel="{relation}" href="([^"]+)"', html)
    return [link.replace("&amp;", "&") for link in found]


def test_pages_follow_each_other_and_lead_back(some, client):
    first = page(client)
    assert len(texts(first)) == 20
    assert "1 to 20 of 26" in words(first)
    (following,) = links(first, "next")
    second = client.get(following).content.decode()
    assert len(texts(second)) == 6
    assert "21 to 26 of 26" in words(second)
    assert not set(texts(first)) & set(texts(second))
    assert texts(client.get(links(second, "prev")[0]).content.decode()) == texts(first)


def test_other_orders_go_on_too(some, client):
    first = page(client, "?sort=liked")
    second = client.get(links(first, "next")[0]).content.decode()
    assert len(set(texts(first)) | set(texts(second))) == 26
    assert links(second, "prev") == ["/pledges/?sort=liked"]


def test_the_numbers_are_those_of_the_summary(some, client):
    for query in ("", "?theme=staff", "?status=done", "?q=hospital", "?organisation=RXA"):
        told = client.get(f"/map/summary.json{query}").json()
        away = sum(told["not_on_map"].values())
        sum_ = f"{told['total']} pledges = {told['on_map']} on the map + {away} not on the map"
        assert sum_.replace("1 pledges", "1 pledge") in words(page(client, query))


def test_organisations_come_first_with_their_numbers(some, client):
    html = page(client, "?q=alder")
    found = html.index('href="/organisations/RXA/"')
    assert found < html.index('id="list"')
    assert "Alderham Hospital 22 pledges" in words(html)
    assert "The organisations above have pledges of their own." in words(html)


def test_two_letters_find_organisations(some, client):
    html = page(client, "?q=ho")
    assert 'href="/organisations/RXA/"' in html


def test_organisations_beyond_the_first_few_are_folded_away(ground, client):
    for number in range(9):
        make_organisation(f"RY{number}", f"Zeal Trust {number}", None, None)
    html = page(client, "?q=zeal")
    assert html.count('href="/organisations/RY') == 9
    assert "3 more organisations" in words(html)


def test_organisations_stay_on_the_first_page(some, client):
    html = page(client, "?q=hospital")
    assert 'id="organisations"' in html
    assert 'id="organisations"' not in client.get(links(html, "next")[0]).content.decode()


def test_filters_and_order_stay_with_each_other(some, client):
    html = page(client, "?theme=staff&sort=joined&utm_source=post")
    assert texts(html) == ["&lt;b&gt;Bold&lt;/b&gt; pledge.", "Outcode pledge.", "Clinic pledge."]
    assert 'href="/pledges/?theme=staff&amp;sort=liked"' in html
    assert 'href="/pledges/?sort=joined"' in html  # without the theme
    assert 'href="/?theme=staff"' in html
    assert 'href="/api/collections/pledges/items?theme=staff"' in html
    assert 'href="/pledges/list.csv?theme=staff&amp;sort=joined"' in html
    assert 'href="/pledges/list.atom?theme=staff&amp;sort=joined"' in html
    assert '<input type="hidden" name="sort" value="joined">' in html


def test_ticked_boxes_are_one_list(some, client):
    assert len(texts(page(client, "?theme=staff&theme=attitude&who=&since="))) == 4


def test_most_liked_first(some, client, pledge):
    liked = pledge("Much liked.")
    PledgeCounts.objects.filter(pledge=liked).update(likes=9, joins=1)
    html = page(client, "?sort=liked")
    assert texts(html)[0] == "Much liked."
    assert "9 likes" in html


def test_near_a_place_that_is_in_no_address(some, client):
    asking = page(client, "?sort=nearest")
    assert texts(asking) == []
    html = page(client, "?sort=nearest&theme=staff", place="SO14 0AA")
    assert "Pledges near SO14 0AA." in words(html)
    assert texts(html)[-1] == "Clinic pledge."
    assert len(texts(html)) == 3
    assert not re.search(r'(href|action)="[^"]*(SO14|50\.|-1\.)', html)


def test_pages_of_the_nearest_are_posted_as_the_place_is(some, client, monkeypatch):
    monkeypatch.setattr(nearby, "SIZE", 2)
    everything = []
    nearer = "0"
    while nearer:
        html = page(client, "?sort=nearest", place="SO14 0AA", nearer=nearer)
        assert not re.search(r'(href|action)="[^"]*(SO14|50\.|-1\.)', html)
        everything += texts(html)
        buttons = re.findall(r'name="nearer" value="(\d+)">([^<]+)<', html)
        assert [value for value, name in buttons if name == "Nearer pledges"] == (
            [] if nearer == "0" else [str(int(nearer) - 2)]
        )
        nearer = next((value for value, name in buttons if "farther" in name), "")
    assert len(everything) == 25
    assert set(everything[:2]) == {"Outcode pledge.", "&lt;b&gt;Bold&lt;/b&gt; pledge."}
    assert len(set(everything)) == 25
    assert (
        client.post("/pledges/?sort=nearest", {"place": "SO14", "nearer": "x"}).status_code == 400
    )


@pytest.mark.parametrize("place", ["", "Nowhere at all", "<script>", "x" * 200])
def test_a_place_that_is_not_found_is_told(some, client, place):
    html = client.post("/pledges/?sort=nearest", {"place": place}).content.decode()
    assert re.search(r'id="place-message" role="status">[^<]+<', html)
    assert "<script>" not in html


@pytest.mark.parametrize(
    "query",
    [
        "?sort=price",
        "?colour=red",
        "?cursor=x",
        "?q=%00",
        "?q=%ff",
        "?start=0",
        "?q=" + "x" * 10000,
    ],
)
def test_hostile_questions_are_refused(some, client, query):
    cursor = "&cursor=1-1" if "start" in query else ""
    assert client.get(f"/pledges/{query}{cursor}").status_code == 400


@pytest.mark.parametrize("posted", [{"place": "x" * 201}, {"place": "a\0b"}, {"pick": "one"}])
def test_hostile_places_are_refused(some, client, posted):
    assert client.post("/pledges/?sort=nearest", posted).status_code == 400


def test_an_empty_wall_says_so(ground, client):
    assert "Nobody has pledged yet." in words(page(client))
    assert "No pledge matches." in words(page(client, "?theme=care"))


def test_the_wall_is_in_the_header_of_every_page(ground, client):
    assert 'href="/pledges/"' in client.get("/data/").content.decode()


def test_the_page_keeps_no_session(some, client):
    assert not client.get("/pledges/").cookies
    assert not client.post("/pledges/?sort=nearest", {"place": "SO14"}).cookies
