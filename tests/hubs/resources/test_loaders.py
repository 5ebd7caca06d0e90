"""The resources that come with the project: loaded, marked, and printed from their sources."""

import io
import json

import pypdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from geo.uploads.models import Upload
from hubs.hub import actions as hub_actions
from hubs.hub.loaders import load_hubs
from hubs.hub.models import Hub
from hubs.resources import actions
from hubs.resources import loaders as resource_loader
from hubs.resources.models import Resource
from pledges.accounts.personal_data import keepers
from scripts import papers
from tests.country import draw_country
from tests.hubs.conftest import EAST, PDF, WEST, silently

ROW = {
    "key": "guide",
    "title": "A guide",
    "description": "",
    "kind": "guide",
    "audience": "everyone",
    "language": "en",
    "licence": "cc-by",
    "file": "guide.pdf",
}


@pytest.fixture
def write(tmp_path):
    def written(*rows: dict, content: bytes = PDF):
        (tmp_path / "guide.pdf").write_bytes(content)
        path = tmp_path / "resources.json"
        path.write_text(json.dumps(rows))
        return path

    return written


@pytest.fixture
def shipped(db, settings):
    draw_country()
    load_hubs(silently)
    settings.DEMO = True
    call_command("load_resources", verbosity=0)


def test_what_is_shipped_is_there_and_what_is_made_up_says_so(client, shipped):
    assert Resource.objects.published().count() == 6
    made_up = Resource.objects.filter(demo=True)
    assert {resource.hub.slug for resource in made_up} == {"london", "wales"}
    first = client.get("/resources/").context["resources"][0]
    assert first.key == "change-day-in-your-team"


def test_on_a_true_site_nothing_is_made_up(db, settings):
    settings.DEMO = False
    call_command("load_resources", verbosity=0)
    assert Resource.objects.count() == 4
    assert not Resource.objects.filter(demo=True).exists()


def test_the_demo_goes_without_the_rest(shipped):
    for keeper in keepers():
        keeper.remove_demo()
    assert Resource.objects.count() == 4


def test_the_same_files_change_nothing_and_keep_what_was_retired(db, write):
    path = write(ROW)
    assert resource_loader.load_resources(silently, path)
    actions.retire(Resource.objects.get())
    assert not resource_loader.load_resources(silently, path)
    assert resource_loader.load_resources(silently, path, force=True)
    assert Resource.objects.get().state == "retired"
    assert Upload.objects.count() == 1, "the file is the one that was there"


def test_another_file_of_the_name_takes_its_place(db, write):
    resource_loader.load_resources(silently, write(ROW))
    before = Resource.objects.get().upload
    assert resource_loader.load_resources(silently, write(ROW, content=PDF + b"% new\n"))
    assert Resource.objects.get().upload != before


@pytest.mark.parametrize(
    "fault",
    [
        {"file": "../guide.pdf"},
        {"file": "/etc/passwd"},
        {"file": "nowhere.pdf"},
        {"hub": "north"},
        {"kind": "song"},
        {"title": ""},
        {"key": "not a key"},
        {"link": "https://example.org/"},
        {"licence": None},
    ],
)
def test_one_faulty_row_and_none_is_loaded(db, write, fault):
    with pytest.raises(CommandError):
        call_command("load_resources", write({**ROW, "key": "first"}, {**ROW, **fault}))
    assert not Resource.objects.exists()


def test_a_team_s_words_outlive_a_newer_file_of_hubs(ground, hubs_file):
    load_hubs(silently, hubs_file([WEST, EAST]))
    west = Hub.objects.get(slug="west")
    hub_actions.update_hub(west, {"welcome": "Hello."})
    load_hubs(silently, hubs_file([{**WEST, "place": "Newtown"}, {**EAST, "place": "Newtown"}]))
    west.refresh_from_db()
    assert (west.welcome, west.place) == ("Hello.", "Westham")
    assert Hub.objects.get(slug="east").place == "Newtown"


@pytest.mark.parametrize("source", sorted(papers.PAPERS.glob("*.html")), ids=lambda path: path.stem)
def test_each_paper_is_the_print_of_its_source(source):
    shipped, anew = source.with_suffix(".pdf").read_bytes(), papers.printed(source)
    pages = [[page.extract_text() for page in _read(data).pages] for data in (shipped, anew)]
    assert pages[0] == pages[1], "run `make papers`"
    assert len("".join(pages[0])) > 200
    assert _read(shipped).metadata.title in source.read_text(encoding="utf-8")
    assert papers.printed(source) == anew


def test_papers_are_made_of_our_own_files_alone():
    for address in ("https://example.org/x.png", "file:///etc/passwd", f"{papers.FILES}../x"):
        with pytest.raises(ValueError, match="our own files"):
            papers.fetch(address)


def _read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))
