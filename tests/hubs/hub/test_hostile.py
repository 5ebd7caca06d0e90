"""Everything that should not be sent to the forms of a hub's team, by somebody of the team."""

import pytest

from hubs.hub.models import Hub
from tests.hubs.conftest import HTML, PDF, given
from tests.test_hostile import HOSTILE

ENCODED = "application/x-www-form-urlencoded"
FORMS = {
    "words/": ("name", "name_cy", "welcome", "about", "place", "email", "telephone", "website"),
    "messages/{message}/": ("text", "form_key"),
    "members/": ("email",),
    "resources/new/": ("title", "description", "kind", "audience", "language", "licence", "link"),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_may_be_sent_anything(seat, message, wilma, form):
    browser = seat(wilma)
    path = f"/hubs/west/team/{form.format(message=message.pk)}"
    for name, value in HOSTILE.items():
        said = "&".join(f"{field}={value}" for field in FORMS[form])
        answer = browser.post(path, said, content_type=ENCODED)
        assert answer.status_code in (200, 302, 400), name
        assert HTML not in answer.content.decode()
    assert Hub.objects.filter(slug="west").exists()


def test_writing_to_a_hub_may_be_sent_anything(client, hubs):
    for name, value in HOSTILE.items():
        said = f"text={value}&name={value}&email=dora@example.org&form_key={value}"
        answer = client.post("/hubs/west/write/", said, content_type=ENCODED)
        assert answer.status_code in (302, 400), name
        assert HTML not in answer.content.decode()


def test_a_form_with_a_file_may_be_sent_anything(seat, hubs, wilma):
    browser = seat(wilma)
    for name in (
        "\x00.pdf",
        "../../etc/passwd",
        "x" * 300 + ".pdf",
        HTML,
        "a\r\nb: c.pdf",
        "☃.pdf",
    ):
        form = {"title": "x\x00y", "kind": "guide", "file": given(name, PDF)}
        assert browser.post("/hubs/west/team/resources/new/", form).status_code == 400
    long = {"title": "x" * 121, "description": "y" * 2001, "kind": "z" * 10_000, "file": "no file"}
    assert browser.post("/hubs/west/team/resources/new/", long).status_code == 400
