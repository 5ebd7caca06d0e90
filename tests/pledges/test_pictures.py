"""The picture of a shared pledge: ours, of its words alone, and cheap to ask for again."""

import io
import re

import pytest
from PIL import Image, ImageChops

from pledges.pledging import share_picture
from pledges.pledging.models import Pledge
from pledges.pledging.share_picture import (
    BOTTOM,
    TOP,
    WIDTH,
    Card,
    card_of,
    card_of_site,
    draw,
    fitted,
)

LONG = "I will listen to everybody who has something to say about our ward. " * 8


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def card(text: str, **more) -> Card:
    return Card(text=text, label="Better care", colour="#2352e8", line="Sam, A Hospital", **more)


def test_a_public_pledge_has_a_picture(client, ground, pledge):
    made = pledge("I will listen.", theme="care", organisation=ground.hospital)
    answer = client.get(f"/pledges/{made.pk}/picture.png")
    assert answer["Content-Type"] == "image/png"
    picture = opened(answer.content)
    assert picture.size == (1200, 630)
    colour = tuple(bytes.fromhex(made.theme.colour[1:]))
    assert max(abs(a - b) for a, b in zip(picture.getpixel((10, 300)), colour, strict=True)) < 12


@pytest.mark.parametrize("state", ["hidden", "withdrawn"])
def test_another_has_none(client, pledge, state):
    made = pledge(**{state: True})
    assert client.get(f"/pledges/{made.pk}/picture.png").status_code == 404


def test_it_says_no_more_than_the_page(ground, pledge, alice):
    made = pledge(outcode="SO14", author=alice, display_name="A nurse")
    said = card_of(made)
    assert (said.text, said.line) == (made.text, "A nurse, Cottleigh")
    region = pledge(region=ground.east, outcode="SO14", show=Pledge.Show.REGION)
    assert card_of(region).line == "East"
    ours = pledge(who=Pledge.Who.ORGANISATION, organisation=ground.hospital, demo=True)
    assert card_of(ours).line == "Alderham Hospital"
    assert card_of(ours).demo


def test_who_has_it_is_not_sent_it_again(client, pledge):
    made = pledge()
    path = f"/pledges/{made.pk}/picture.png"
    first = client.get(path)
    assert "max-age=3600" in first["Cache-Control"]
    drawn = draw.cache_info().misses
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(path).content == first.content
    assert draw.cache_info().misses == drawn
    Pledge.objects.filter(pk=made.pk).update(text="I will speak.")
    second = client.get(path, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    "text",
    [
        "I will listen.",
        LONG,
        "x" * 500,
        "W" * 500,
        "\u202eevil\u202c \x00\x07 你好 🎈 <script>alert(7)</script> {{ 7 }}",
        "Dŵr, tŷ a gŵyl i bawb.",
        "",
        "🎈" * 200,
    ],
    ids=["short", "long", "one word", "wide", "hostile", "Welsh", "empty", "no letters"],
)
def test_words_stay_within_the_picture(text):
    picture = opened(draw(card(text)))
    paper = Image.new("RGB", picture.size, share_picture.PAPER)
    edges = ImageChops.difference(picture, paper).crop((WIDTH - 60, 0, WIDTH, 630))
    assert max(high for _low, high in edges.getextrema()) < 12
    size, lines = fitted(text)
    assert TOP + len(lines) * size * share_picture.LEADING <= BOTTOM + 1


def test_what_has_no_room_ends_in_an_ellipsis():
    assert fitted(LONG)[1][-1].endswith("…")
    assert not fitted("I will listen.")[1][-1].endswith("…")
    assert {line[0] + line[-1] for line in fitted("x" * 100)[1]} == {"xx"}


def test_welsh_letters_are_drawn_and_unknown_ones_left_out():
    assert opened(draw(card("tŷ"))).tobytes() != opened(draw(card("ty"))).tobytes()
    assert draw(card("I listen 你")) == draw(card("I listen"))


def test_a_demo_says_so():
    plain, demo = (opened(draw(card("I listen.", demo=demo))) for demo in (False, True))
    # Colours are few, and may differ a little from one picture to another.
    differs = ImageChops.difference(plain, demo).convert("L").point(lambda n: 255 * (n > 24))
    left, top, _right, bottom = differs.getbbox()
    assert left > 900
    assert top < bottom < TOP


def meta(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)"', page))


def test_pages_say_how_they_are_to_be_shown(client, ground, pledge, settings):
    settings.SITE_URL = "https://changemap.example"
    evil = '"><script>alert(7)</script>'
    made = pledge(f"I will {evil} listen.", organisation=ground.hospital)
    for path, picture in {
        f"/pledges/{made.pk}/": f"/pledges/{made.pk}/picture.png",
        "/organisations/RXA/": "/picture.png",
        "/pledges/": "/picture.png",
        "/": "/picture.png",
    }.items():
        page = client.get(path).content.decode()
        told = meta(page)
        assert told["og:url"] == f"https://changemap.example{path}"
        assert told["og:image"] == f"https://changemap.example{picture}"
        assert told["og:title"]
        assert told["og:description"]
        assert "<script>alert" not in page
    assert "I will" in meta(client.get(f"/pledges/{made.pk}/").content.decode())["og:description"]


def test_the_site_has_a_picture(client, database):
    answer = client.get("/picture.png")
    assert opened(answer.content).size == (1200, 630)
    assert answer.content == draw(card_of_site())
