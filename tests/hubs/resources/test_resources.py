"""Resources made by a team: files looked into, drafts, published, retired; counted, not tracked."""

import datetime
import io
import zipfile

import pytest
from django.utils import timezone

from geo.uploads.models import Upload
from hubs.resources import actions
from hubs.resources.models import Downloads, Resource
from tests.hubs.conftest import HTML, PDF, given
from tests.pledges.test_pages import words

NEW = "/hubs/west/team/resources/new/"
FORM = {
    "title": "A guide",
    "description": "What it is good for.",
    "kind": "guide",
    "audience": "teams",
    "language": "en",
    "licence": "cc-by",
}
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def bomb() -> bytes:
    """An office file whose picture unpacks to far more than anybody would send."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml")
        archive.writestr("word/media/image1.png", b"0" * 60_000_000)
    return made.getvalue()


def edit(resource: Resource, more: str = "") -> str:
    return f"/hubs/west/team/resources/{resource.pk}/{more}"


def test_from_a_draft_to_everybody_and_out_of_view_again(seat, client, hubs, wilma):
    browser = seat(wilma)
    answer = browser.post(NEW, {**FORM, "file": given()})
    made = Resource.objects.get()
    assert answer.headers["Location"] == edit(made)
    assert (made.hub, made.made_by, made.state) == (hubs["west"], wilma, "draft")
    public = (f"/resources/{made.pk}/", f"/resources/{made.pk}/file/")
    for path in public:
        assert client.get(path).status_code == 404
    assert "A guide" not in words(client.get("/resources/"))
    assert b"".join(browser.get(edit(made, "file/")).streaming_content) == PDF

    browser.post(edit(made, "publish/"))
    for path in public:
        assert client.get(path).status_code == 200
    assert "A guide" in words(client.get("/resources/"))

    browser.post(edit(made, "retire/"))
    for path in public:
        assert client.get(path).status_code == 404
    assert "A guide" not in words(client.get("/resources/"))
    assert "Retired" in words(browser.get("/hubs/west/team/resources/"))
    browser.post(edit(made, "publish/"))
    assert client.get(public[0]).status_code == 200


def test_a_link_needs_no_file(seat, client, hubs, wilma):
    seat(wilma).post(NEW, {**FORM, "kind": "link", "link": "example.org/guide"})
    made = Resource.objects.get()
    assert made.link == "https://example.org/guide"
    seat(wilma).post(edit(made, "publish/"))
    page = client.get(f"/resources/{made.pk}/").content.decode()
    assert f'href="/resources/{made.pk}/link/" rel="noopener nofollow"' in page
    assert client.get(f"/resources/{made.pk}/file/").status_code == 404


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Choose a file, or give a link"),
        ({"link": "javascript:alert(7)"}, "valid URL"),
        ({"link": "data:text/html,x"}, "valid URL"),
        ({"title": "", "link": "https://example.org"}, "Enter a title"),
        ({"kind": "", "link": "https://example.org"}, "Choose what kind it is"),
        ({"licence": "mine", "link": "https://example.org"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(seat, hubs, wilma, more, said):
    answer = seat(wilma).post(NEW, {**FORM, **more})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "What it is good for." in page
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("guide.pdf", b""),
        ("guide.pdf", b"%PDF-1.4 /JavaScript (app.alert(7))"),
        ("page.html", b"<!doctype html><script>alert(7)</script>"),
        ("picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(7)"/>'),
        ("guide.exe", b"MZ\x90\x00"),
        ("guide.docx", bomb()),
        ("guide.pdf", b"%PDF-1.4" + b"0" * 21_000_000),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
    ],
    ids=["empty", "script in PDF", "HTML", "SVG", "program", "bomb", "too big", "broken"],
)
def test_files_that_may_harm_are_refused_through_the_form(seat, hubs, wilma, name, content):
    answer = seat(wilma).post(NEW, {**FORM, "file": given(name, content)})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert not Resource.objects.exists()
    assert not Upload.objects.exists()


def test_a_file_and_a_link_are_one_too_many(seat, hubs, wilma):
    answer = seat(wilma).post(NEW, {**FORM, "file": given(), "link": "https://example.org"})
    assert "Give a file or a link, not both" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_changed_resource_keeps_its_file_or_gets_another(seat, resource, wilma):
    made, browser = resource(), seat(wilma)
    before = made.upload_id
    browser.post(edit(made), {**FORM, "title": "Another name"})
    made.refresh_from_db()
    assert (made.title, made.upload_id) == ("Another name", before)
    browser.post(edit(made), {**FORM, "file": given(content=PDF + b"% more\n")})
    made.refresh_from_db()
    assert made.upload_id != before
    browser.post(edit(made), {**FORM, "link": "https://example.org/"})
    made.refresh_from_db()
    assert (made.upload, made.link) == (None, "https://example.org/")


def test_a_draft_can_be_deleted_and_what_was_published_cannot(seat, resource, wilma):
    draft, shown, browser = resource(published=False), resource(), seat(wilma)
    assert browser.post(edit(draft, "delete/")).headers["Location"] == "/hubs/west/team/resources/"
    assert browser.post(edit(shown, "delete/")).status_code == 404
    assert browser.post(edit(shown, "explode/")).status_code == 404
    assert list(Resource.objects.all()) == [shown]


def test_another_hub_s_resource_is_not_there(seat, hubs, resource, wilma, olga):
    eastern, national = resource(hub=hubs["east"]), resource(hub=None)
    for made in (eastern, national):
        for path in (edit(made), edit(made, "retire/"), edit(made, "file/")):
            method = seat(wilma).get if path.endswith("file/") else seat(wilma).post
            assert method(path, FORM).status_code == 404
    assert set(Resource.objects.published()) == {eastern, national}
    seat(olga).post(f"/resources/team/{national.pk}/retire/")
    assert set(Resource.objects.published()) == {eastern}


def test_words_and_names_of_files_are_text(seat, client, hubs, wilma):
    name = '"><script>alert(7)</script>../../x\r\nX-Evil: 1.pdf'
    seat(wilma).post(NEW, {**FORM, "title": HTML, "description": HTML, "file": given(name)})
    made = Resource.objects.get()
    seat(wilma).post(edit(made, "publish/"))
    team = (edit(made), "/hubs/west/team/resources/")
    for path in ("/resources/", f"/resources/{made.pk}/", "/hubs/west/", *team):
        assert HTML not in seat(wilma).get(path).content.decode(), path
    answer = client.get(f"/resources/{made.pk}/file/")
    assert "X-Evil" not in answer
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "<" not in answer["Content-Disposition"].partition("filename=")[2]
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )


def test_downloads_are_counted_by_the_day_and_by_nothing_else(client, resource):
    made = resource()
    path = f"/resources/{made.pk}/file/"
    for _ in range(3):
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 200
        assert not answer.cookies
    row = Downloads.objects.get()
    assert (row.resource, row.day, row.n) == (made, timezone.localdate(), 3)
    assert {field.name for field in Downloads._meta.fields} == {"id", "resource", "day", "n"}
    Downloads.objects.create(resource=made, day=datetime.date(2026, 1, 1), n=7)
    assert "Downloaded 10 times." in words(client.get(f"/resources/{made.pk}/"))


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "facebookexternalhit preview"},
        {"Range": "bytes=100-"},
        {"Sec-Purpose": "prefetch"},
        {"Purpose": "prefetch"},
    ],
)
def test_robots_later_parts_and_looks_ahead_are_not_counted(client, resource, headers):
    answer = client.get(f"/resources/{resource().pk}/file/", headers={**BROWSER, **headers})
    assert answer.status_code == 200
    assert not Downloads.objects.exists()


def test_followed_links_are_counted_as_files_are_and_lead_nowhere_else(client, resource):
    made = resource(link="https://example.org/guide?a=1")
    path = f"/resources/{made.pk}/link/"
    for query in ("", "?link=https://evil.example/&next=//evil.example/&url=x"):
        answer = client.get(path + query, headers=BROWSER)
        assert (answer.status_code, answer["Location"]) == (302, "https://example.org/guide?a=1")
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
    client.get(path, headers={**BROWSER, "User-Agent": "Googlebot/2.1"})
    client.head(path, headers=BROWSER)
    assert Downloads.objects.get().n == 2
    assert "Followed 2 times." in words(client.get(f"/resources/{made.pk}/"))
    actions.retire(made)
    assert client.get(path, headers=BROWSER).status_code == 404
    assert client.get(f"/resources/{resource().pk}/link/").status_code == 404


def test_nor_is_a_question_for_the_headers_alone(client, resource):
    assert client.head(f"/resources/{resource().pk}/file/", headers=BROWSER).status_code == 200
    assert not Downloads.objects.exists()


def test_a_download_in_parts_counts_once(client, resource):
    path = f"/resources/{resource().pk}/file/"
    for part in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        client.get(path, headers={**BROWSER, "Range": part})
    assert Downloads.objects.get().n == 1


def test_the_team_s_own_look_is_not_counted(seat, resource, wilma):
    seat(wilma).get(edit(resource(), "file/"), headers=BROWSER)
    assert not Downloads.objects.exists()
