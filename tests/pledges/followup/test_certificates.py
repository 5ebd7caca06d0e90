"""Certificates: the PDF opened by another reader, its code scanned, and the check."""

import base64
import importlib
import io
import re

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from geo.core import pdf
from pledges import checks
from pledges.accounts import rate_limits
from pledges.accounts.delete_account import delete_account
from pledges.certificates import certificates
from pledges.certificates.actions import issue_certificate
from pledges.certificates.certificates import in_groups, new_number
from pledges.certificates.models import Certificate
from pledges.pledging import actions
from pledges.pledging.commitment import NotDone
from pledges.pledging.models import Pledge

EVIL = "<script>alert(7)</script> <img src='http://evil.example.org/x.png'> {{ settings }}"


@pytest.fixture
def given(done, alice, part) -> Certificate:
    return issue_certificate(part(done, alice), "Alice Ŵyn-Jones")


def opened(certificate: Certificate) -> PdfReader:
    return PdfReader(io.BytesIO(certificates.pdf(Certificate.objects.get(pk=certificate.pk))))


def told(client, number: str, name: str) -> str:
    body = client.post("/check/", {"number": number, "name": name}).content.decode()
    return re.search(r"<h1[^>]*>([^<]+)</h1>", body)[1]


def test_the_paper(given, sign_in, alice, settings):
    settings.SITE_URL = "https://changemap.example.org"
    answer = sign_in(alice).get(f"/certificates/{given.number}/certificate.pdf", HTTP_HOST="evil")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    (page,) = reader.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    text = " ".join(page.extract_text().split())
    for words in (
        "Alice Ŵyn-Jones",
        "I will sit down with every patient.",
        f"{timezone.localdate():%-d %B %Y}",
        "Alderham Hospital",
        in_groups(given.number),
        "changemap.example.org/check/",
    ):
        assert words in text
    assert reader.metadata.title == "Certificate of Alice Ŵyn-Jones"
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en-gb"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    (code,) = zxingcpp.read_barcodes(page.images[0].image.convert("L"))
    assert code.text == f"https://changemap.example.org/check/{in_groups(given.number)}/"


def test_a_joiners_paper_says_what_they_joined_and_no_team(made, joined, bob, part):
    actions.correct(made, "I will stand up.")
    actions.mark_part_done(made, bob)
    text = opened(issue_certificate(part(made, bob), "Bob")).pages[0].extract_text()
    assert "I will sit down with every patient." in text
    assert "joined" in text
    assert "Alderham" not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("W" * 100, "W" * 500),
        ("Alexandra " * 9 + "Bell", "I will say it " * 35),
        ("م" * 100, "漢" * 500),
        (EVIL[:100], EVIL * 5),
    ],
    ids=["one long word", "many words", "other letters", "hostile"],
)
def test_whatever_is_on_it_it_is_one_page(done, alice, part, ground, name, words):
    team = {"who": Pledge.Who.TEAM, "team": name, "text": words}
    Pledge.objects.filter(pk=done.pk).update(**team)
    ground.hospital.name = "M" * 150
    ground.hospital.save()
    certificate = issue_certificate(part(done, alice), name)
    (page,) = opened(certificate).pages
    assert len(page.images) == 1
    assert in_groups(certificate.number) in page.extract_text()


def test_hostile_words_stay_words(done, alice, part, sign_in):
    Pledge.objects.filter(pk=done.pk).update(text=EVIL)
    certificate = issue_certificate(part(done, alice), EVIL[:100])
    text = " ".join(opened(certificate).pages[0].extract_text().split())
    assert "<script>alert(7)</script>" in text
    for path in (f"/certificates/{certificate.number}/", f"/pledges/{done.pk}/certificate/"):
        body = sign_in(alice).get(path).content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert(7)" in body


def test_a_demo_says_that_it_is_one(given):
    assert "made up" not in opened(given).pages[0].extract_text()
    Pledge.objects.update(demo=True)
    assert "Demo: made up" in opened(given).pages[0].extract_text()


def test_the_name_is_asked_for(done, sign_in, alice):
    page = sign_in(alice)
    asked = page.get(f"/pledges/{done.pk}/certificate/")
    assert 'value="Alice"' in asked.content.decode()
    assert page.post(f"/pledges/{done.pk}/certificate/", {"name": " \u202e "}).status_code == 400
    answer = page.post(f"/pledges/{done.pk}/certificate/", {"name": "  Nurse \u202e Alice "})
    certificate = Certificate.objects.get()
    assert certificate.name == "Nurse Alice"
    assert answer.url == reverse("certificate", args=[certificate.number])
    shown = page.get(answer.url).content.decode()
    assert "Nurse Alice" in shown
    picture = re.search(r'src="data:image/png;base64,([^"]+)"', shown)[1]
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(_bytes(picture))).convert("L"))
    assert code.text.endswith(f"/check/{in_groups(certificate.number)}/")


def _bytes(picture: str) -> bytes:
    return base64.b64decode(picture)


def test_numbers_cannot_be_guessed():
    numbers = {new_number() for _ in range(200)}
    assert len(numbers) == 200
    assert all(re.fullmatch("[A-HJKMNP-RT-Z346-9]{12}", number) for number in numbers)
    assert len({number[0] for number in numbers}) > 15


def test_nobody_else_gets_or_sees_it(given, sign_in, bob, charlie, joined, client):
    for path in (
        f"/certificates/{given.number}/",
        f"/certificates/{given.number}/certificate.pdf",
        f"/pledges/{given.pledge_id}/certificate/",
    ):
        assert client.get(path).url.startswith("/accounts/login/?next=")
        assert sign_in(charlie).get(path).status_code == 404
        assert sign_in(bob).get(path).status_code in (302, 404)
    assert Certificate.objects.count() == 1


def test_what_is_not_done_or_not_shown_gets_none(made, sign_in, alice, part):
    page = sign_in(alice)
    assert page.post(f"/pledges/{made.pk}/certificate/", {"name": "A"}).url.endswith("/done/")
    with pytest.raises(NotDone):
        issue_certificate(part(made, alice), "Alice")
    actions.mark_done(made)
    Pledge.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    assert page.get(f"/pledges/{made.pk}/certificate/").status_code == 404
    with pytest.raises(NotDone):
        issue_certificate(part(made, alice), "Alice")


def test_the_check(given, client):
    grouped = in_groups(given.number)
    page = client.get(f"/check/{grouped}/").content.decode()
    assert f'value="{grouped}"' in page
    assert "Alice" not in page
    assert told(client, grouped, "Alice Ŵyn-Jones") == "It matches"
    assert told(client, given.number.lower(), "  alice  ŵyn-jones ") == "It matches"
    assert told(client, f" {grouped} ", "ALICE W\u0302YN-JONES") == "It matches"
    for number, name in (
        (grouped, "Alice Jones"),
        (in_groups(new_number()), "Alice Ŵyn-Jones"),
        (grouped[:-1], "Alice Ŵyn-Jones"),
        (grouped + "A", "Alice Ŵyn-Jones"),
    ):
        assert told(client, number, name) == "No match"


def test_the_check_says_nothing_of_a_number_to_who_knows_no_name(given, client):
    known = client.get(f"/check/{in_groups(given.number)}/").content
    other = client.get(f"/check/{in_groups('A' * 12)}/").content

    def plain(body: bytes, number: str) -> str:
        return re.sub(r"csrfmiddlewaretoken.*?>", "", body.decode().replace(number, ""))

    assert plain(known, in_groups(given.number)) == plain(other, "AAAA-AAAA-AAAA")


WITHDRAWN = {
    "withdrawn": actions.withdraw,
    "not done any more": actions.mark_not_done,
    "hidden": lambda made: Pledge.objects.filter(pk=made.pk).update(hidden_at=timezone.now()),
}


@pytest.mark.parametrize("work", WITHDRAWN.values(), ids=WITHDRAWN.keys())
def test_it_is_withdrawn_once_the_pledge_is(given, client, sign_in, alice, work):
    work(given.pledge)
    assert told(client, given.number, given.name) == "Withdrawn"
    assert told(client, given.number, "Somebody") == "No match"
    paper = sign_in(alice).get(f"/certificates/{given.number}/certificate.pdf")
    assert paper.status_code == 404
    assert "withdrawn" in sign_in(alice).get(f"/certificates/{given.number}/").content.decode()


def test_one_taken_back_holds_no_more_when_it_is_done_again(given, client):
    actions.mark_not_done(given.pledge)
    actions.mark_done(given.pledge)
    assert told(client, given.number, given.name) == "Withdrawn"


def test_another_takes_its_place(given, done, alice, part, client):
    second = issue_certificate(part(done, alice), "A. Jones")
    assert told(client, given.number, given.name) == "Withdrawn"
    assert told(client, second.number, second.name) == "It matches"


def test_a_joiners_own_is_apart_from_the_authors(given, joined, bob, part, client):
    actions.mark_part_done(given.pledge, bob)
    bobs = issue_certificate(part(given.pledge, bob), "Bob")
    actions.mark_part_not_done(given.pledge, bob)
    assert told(client, bobs.number, "Bob") == "Withdrawn"
    assert told(client, given.number, given.name) == "It matches"
    actions.leave(given.pledge, bob)
    assert told(client, bobs.number, "Bob") == "Withdrawn"


def test_a_joiner_keeps_theirs_when_the_author_withdraws(made, joined, bob, part, client):
    actions.mark_part_done(made, bob)
    bobs = issue_certificate(part(made, bob), "Bob")
    actions.withdraw(made)
    assert told(client, bobs.number, "Bob") == "It matches"
    assert "joined" in opened(bobs).pages[0].extract_text()


@pytest.mark.parametrize("keep", [True, False])
def test_with_the_account_it_is_gone(given, alice, client, keep):
    delete_account(alice, keep_pledges=keep)
    assert told(client, given.number, given.name) == "No match"


def test_checks_are_limited_by_network(given, client):
    for _ in range(rate_limits.CHECKS_FROM_NETWORK.most):
        told(client, given.number, "Somebody")
    answer = client.post("/check/", {"number": given.number, "name": given.name})
    assert answer.status_code == 429
    other = client.post(
        "/check/", {"number": given.number, "name": given.name}, REMOTE_ADDR="198.51.100.7"
    )
    assert "It matches" in other.content.decode()


def test_without_pango_the_site_says_so(given, sign_in, alice, monkeypatch):
    assert checks.printing(None) == []

    found = importlib.import_module

    def missing(name: str):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return found(name)

    monkeypatch.setattr(pdf.importlib, "import_module", missing)
    monkeypatch.setattr(checks, "PANGO", ("libpango-9.so.0",))
    assert [warning.id for warning in checks.printing(None)] == ["changemap.W002"]
    answer = sign_in(alice).get(f"/certificates/{given.number}/certificate.pdf")
    assert answer.status_code == 503
    assert "can be printed just now" in answer.content.decode()
    assert sign_in(alice).get(f"/certificates/{given.number}/").status_code == 200
