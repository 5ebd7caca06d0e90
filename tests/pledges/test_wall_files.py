"""Lists as files: a table that no spreadsheet runs, a feed that no reader takes for HTML."""

import csv
import datetime
import io
import xml.etree.ElementTree as ElementTree

import pytest

from pledges.pledging.models import Pledge, PledgeCounts

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '<script>alert("x")</script> & "more"\x0b'


def rows(client, query: str = "") -> list[dict]:
    answer = client.get(f"/pledges/list.csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="pledges.csv"'
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def entries(client, query: str = "") -> list[ElementTree.Element]:
    answer = client.get(f"/pledges/list.atom{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own


def test_a_row_says_what_the_api_says(ground, pledge, client, settings):
    settings.SITE_URL = "https://pledges.example.org"
    made = pledge(
        "I will listen, “always”.", organisation=ground.hospital, display_name="Ann", done=True
    )
    PledgeCounts.objects.filter(pledge=made).update(likes=3)
    (row,) = rows(client)
    feature = client.get(f"/api/collections/pledges/items/{made.pk}").json()
    said = {
        name: "" if value is None else str(value) for name, value in feature["properties"].items()
    }
    said |= {"demo": "false", "url": f"https://pledges.example.org/pledges/{made.pk}/"}
    assert row == {
        "id": str(made.pk),
        **said,
        "longitude": "-3.0",
        "latitude": "51.5",
    }


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", " =1", "＝1", "|x", "\r=1", "=cmd|' /C calc'!A0"],
)
def test_no_cell_is_a_formula(ground, pledge, client, text):
    pledge(text, display_name=text[:100], team=text[:100])
    (row,) = rows(client)
    for name in ("text", "display_name", "team"):
        assert row[name].startswith("'"), name
    assert row["text"] == f"'{text}"


def test_numbers_and_ordinary_words_are_as_they_were(ground, pledge, client):
    pledge("1 smile = 1 better day", outcode="BS1")
    (row,) = rows(client)
    assert row["text"] == "1 smile = 1 better day"
    assert float(row["longitude"]) == pytest.approx(-2.98, abs=0.03)


def test_files_have_the_filters_and_the_order_of_their_list(ground, pledge, client, count_up):
    first = pledge("One.", theme="care")
    second = pledge("Two.", theme="care")
    pledge("Three.", theme="staff")
    pledge("Four.", hidden=True)
    PledgeCounts.objects.filter(pledge=first).update(likes=2)
    count_up()
    assert [row["text"] for row in rows(client, "?theme=care&sort=liked")] == ["One.", "Two."]
    assert [row["text"] for row in rows(client, "?theme=care")] == ["Two.", "One."]
    titles = [entry.findtext(f"{ATOM}title") for entry in entries(client, "?theme=care&sort=liked")]
    assert titles == [first.text, second.text]


def test_a_feed_says_where_its_list_is_and_what_was_pledged(ground, pledge, client, settings):
    settings.SITE_URL = "https://pledges.example.org"
    made = pledge("I will listen.", organisation=ground.clinic, who=Pledge.Who.ORGANISATION)
    answer = client.get("/pledges/list.atom?theme=care", headers={"host": "localhost"})
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://pledges.example.org/pledges/list.atom?theme=care",
        "alternate": "https://pledges.example.org/pledges/?theme=care",
    }
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"https://pledges.example.org/pledges/{made.pk}/"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Birchester Clinic"
    assert entry.find(f"{ATOM}category").get("term") == "Better care"


def test_text_in_a_feed_is_text(ground, pledge, client):
    pledge(HOSTILE, display_name=HOSTILE)
    (entry,) = entries(client)
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert summary.text.startswith("&lt;script&gt;")
    assert entry.find(f"{ATOM}title").get("type") is None
    assert entry.findtext(f"{ATOM}title").startswith("<script>")
    assert "\x0b" not in entry.findtext(f"{ATOM}title")


def test_what_is_done_was_updated_then(ground, pledge, client):
    made = pledge("I will listen.", done=True, on=datetime.date(2024, 5, 17))
    (entry,) = entries(client)
    assert entry.findtext(f"{ATOM}updated") == made.done_at.isoformat()
    assert entry.findtext(f"{ATOM}published") == made.created_at.isoformat()


@pytest.mark.parametrize("path", ["list.csv", "list.atom"])
@pytest.mark.parametrize("query", ["?sort=price", "?colour=red", "?theme=none", "?q=%00", "?q=%ff"])
def test_hostile_questions_are_refused(ground, client, path, query):
    assert client.get(f"/pledges/{path}{query}").status_code == 400


@pytest.mark.parametrize("path", ["list.csv", "list.atom"])
def test_a_file_changes_nothing(client, path):
    assert client.post(f"/pledges/{path}").status_code == 405
