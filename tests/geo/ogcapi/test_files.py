"""GeoPackage and FlatGeobuf: made by the worker, read by geopandas, given away in parts."""

import datetime
from collections.abc import Callable

import geopandas
import pyogrio
import pytest
from django.core.files.storage import storages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from geo.counts.models import Fold
from geo.ogcapi.export import files, geofiles
from geo.ogcapi.export.models import BuiltFile
from tests.geo.ogcapi.conftest import COLLECTIONS

HOUR = datetime.timedelta(hours=1)
FGB = "/api/collections/pledges/export.fgb"


@pytest.fixture(autouse=True)
def _no_files_of_other_tests() -> None:
    storage = storages["files"]
    for name in storage.listdir("")[1]:
        storage.delete(name)


@pytest.fixture
def work() -> Callable[[], int]:
    """Do what the worker of files has been asked for; return how many tasks there were."""

    def done() -> int:
        tasks = list(DBTaskResult.objects.ready().filter(queue_name="files"))
        for row in tasks:
            row.task.call(*row.task_result.args, **row.task_result.kwargs)
            row.delete()
        return len(tasks)

    return done


@pytest.fixture
def made(full, client, work) -> Callable[..., bytes]:
    """The file of a collection, as it is downloaded once it is there."""

    def download(form: str, name: str = "pledges") -> bytes:
        path = f"/api/collections/{name}/export.{form}"
        client.get(path)
        work()
        return b"".join(client.get(path).streaming_content)

    return download


def test_until_the_file_is_there_it_is_said_when_to_ask_again(full, client, work):
    for _ in range(2):
        answer = client.get(FGB)
        assert answer.status_code == 202
        assert answer.json()["code"] == "being-made"
        assert int(answer["Retry-After"]) > 0
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert work() == 1  # asked twice, made once
    answer = client.get(FGB)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/flatgeobuf"
    assert answer["Content-Disposition"] == 'attachment; filename="pledges-demo.fgb"'


@pytest.mark.parametrize("name", COLLECTIONS)
def test_geopandas_reads_what_the_pages_say(made, ask, tmp_path, name):
    path = tmp_path / "file.gpkg"
    path.write_bytes(made("gpkg", name))
    frame = geopandas.read_file(path)
    pages = ask(f"collections/{name}/items", limit=1000).json()["features"]
    assert sorted(map(str, frame["id"])) == sorted(str(each["id"]) for each in pages)
    assert frame.crs.to_epsg() == 4326
    told = {str(row["id"]): row for row in frame.to_dict("records")}
    for feature in pages:
        row = told[str(feature["id"])]
        assert (row["geometry"] is None) == (feature["geometry"] is None)
        for key, value in feature["properties"].items():
            if isinstance(value, str) and key != "url":
                assert said(row[key]) == value
            elif isinstance(value, int):
                assert row[key] == value


def said(value: object) -> object:
    """A time and a day as the API writes them; everything else as it is."""
    if isinstance(value, str) or value is None:
        return value
    return value.strftime("%Y-%m-%dT%H:%M:%SZ" if value.tzinfo else "%Y-%m-%d")


def test_a_flatgeobuf_holds_what_has_a_place_and_finds_it(made, ask, tmp_path):
    path = tmp_path / "file.fgb"
    path.write_bytes(made("fgb"))
    pages = ask("collections/pledges/items", limit=1000).json()["features"]
    frame = geopandas.read_file(path)
    assert sorted(frame["id"]) == sorted(each["id"] for each in pages if each["geometry"])
    assert str(frame["created"].dtype).endswith("UTC]")
    box = (-0.4, 50.0, 0, 50.01)
    inside = ask("collections/pledges/items", limit=1000, bbox="-0.4,50,0,50.01").json()
    assert sorted(geopandas.read_file(path, bbox=box)["id"]) == sorted(
        each["id"] for each in inside["features"]
    )


@pytest.mark.parametrize("form", ["gpkg", "fgb"])
def test_a_file_says_whose_it_is_and_by_what_licence(made, tmp_path, settings, form):
    path = tmp_path / f"file.{form}"
    path.write_bytes(made(form, "districts"))
    told = pyogrio.read_info(path)["layer_metadata"]
    assert "Crown copyright" in told["attribution"]
    assert told["licence"] == "Open Database License 1.0"
    assert told["licence_url"].startswith("https://")
    assert "demo" not in told
    path.write_bytes(made(form))
    told = pyogrio.read_info(path)["layer_metadata"]
    assert told["demo"] == "Holds demo content"
    assert told["licence_url"] == f"{settings.SITE_URL}/data/"


def test_nothing_is_a_layer_too(ground, count_up, client, work, tmp_path):
    count_up()
    for form in geofiles.FILE_FORMATS:
        path = f"/api/collections/pledges/export.{form}"
        client.get(path)
        work()
        file = tmp_path / f"file.{form}"
        file.write_bytes(b"".join(client.get(path).streaming_content))
        told = pyogrio.read_info(file, force_feature_count=True)
        assert told["features"] == 0
        assert "text" in told["fields"]


def test_batches_make_one_file(made, ask, monkeypatch, tmp_path):
    monkeypatch.setattr(geofiles, "BATCH", 7)
    path = tmp_path / "file.gpkg"
    path.write_bytes(made("gpkg"))
    assert (
        pyogrio.read_info(path)["features"]
        == (ask("collections/pledges/items").json()["numberMatched"])
    )


def test_the_links_say_how_long_the_files_are(made, ask):
    size = len(made("gpkg"))
    found = {
        link["href"].rpartition(".")[2]: link
        for link in ask("collections/pledges").json()["links"]
        if link["rel"] == "enclosure"
    }
    assert found["gpkg"]["length"] == size
    assert found["gpkg"]["type"] == "application/geopackage+sqlite3"
    assert "length" not in found["fgb"]


RANGES = {
    "bytes=0-99": (0, 100),
    "bytes=100-": (100, None),
    "bytes=-50": (-50, None),
    "bytes=10-999999999999": (10, None),
    "bytes=-999999999999": (0, None),
}


def test_a_part_is_that_of_the_whole(made, client):
    whole = made("fgb")
    for asked, (start, end) in RANGES.items():
        answer = client.get(FGB, headers={"range": asked, "accept-encoding": "gzip, br"})
        assert answer.status_code == 206
        part = b"".join(answer.streaming_content)
        assert part == whole[start:end] != b""
        first = len(whole) + start if start < 0 else start
        assert answer["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
        assert answer["Content-Length"] == str(len(part))
        assert "Content-Encoding" not in answer


def test_what_lies_beyond_the_end_is_refused(made, client):
    size = len(made("fgb"))
    for asked in ("bytes=999999999-", "bytes=-0", "bytes=999999999-9999999999"):
        answer = client.get(FGB, headers={"range": asked})
        assert answer.status_code == 416
        assert answer["Content-Range"] == f"bytes */{size}"
        assert answer.json()["code"] == "no-such-part"


NO_RANGES = ("bytes=0-1,5-6", "bytes=5-2", "bytes=", "bytes=-", "lines=0-1", "bytes=x-y")


def test_a_range_that_is_none_is_left_unread(made, client):
    size = len(made("fgb"))
    for asked in (*NO_RANGES, "bytes=0-" * 900, "bytes=²-"):
        answer = client.get(FGB, headers={"range": asked})
        assert (answer.status_code, answer["Content-Length"]) == (200, str(size))


def test_a_part_of_another_file_is_not_sent(made, client):
    made("fgb")
    now = client.get(FGB)
    asked = {"range": "bytes=0-9"}
    for good in (now["ETag"], now["Last-Modified"]):
        assert client.get(FGB, headers={**asked, "if-range": good}).status_code == 206
    for old in ('"another"', "Sun, 02 Feb 2014 00:00:00 GMT", "x"):
        assert client.get(FGB, headers={**asked, "if-range": old}).status_code == 200


def test_the_same_file_is_not_sent_twice_and_none_to_head(made, client):
    whole = made("fgb")
    now = client.get(FGB)
    assert not now["ETag"].startswith("W/")
    for held in ({"if-none-match": now["ETag"]}, {"if-modified-since": now["Last-Modified"]}):
        again = client.get(FGB, headers=held)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
    head = client.head(FGB)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole))
    assert head["Accept-Ranges"] == "bytes"


def test_filters_are_for_the_forms_that_stream(full, client):
    answer = client.get(f"{FGB}?theme=care")
    assert answer.status_code == 400
    assert "geojson, geojsonseq, csv take filters" in answer.json()["description"]
    assert not BuiltFile.objects.exists()


def age(span: datetime.timedelta) -> None:
    BuiltFile.objects.update(made_at=timezone.now() - span)


def move() -> None:
    """Let the counts of pledges be those of another moment."""
    row = Fold.objects.get(layer=1)
    Fold.objects.filter(layer=1).update(version=row.version + 1)


def test_a_file_is_made_again_when_the_counts_have_moved_and_it_has_been_a_while(
    made, client, work, settings
):
    made("fgb")
    old = BuiltFile.objects.get()
    move()
    assert client.get(FGB).status_code == 200
    assert work() == 0  # too soon
    age(datetime.timedelta(minutes=settings.FILES_MINUTES + 1))
    assert client.get(FGB).status_code == 200  # while the next one is made
    assert work() == 1
    new = BuiltFile.objects.get()
    assert new.file.name != old.file.name
    assert storages["files"].listdir("")[1] == [new.file.name]
    age(datetime.timedelta(minutes=settings.FILES_MINUTES + 1))
    client.get(FGB)
    assert work() == 0  # nothing has moved


def test_an_old_file_is_given_to_nobody_and_forgotten(made, client, work):
    made("fgb")
    move()
    age(2 * HOUR)
    assert client.get(FGB).status_code == 202
    assert files.delete_outdated(timezone.now(), dry_run=True) == 1
    assert storages["files"].listdir("")[1] != []
    assert files.delete_outdated(timezone.now(), dry_run=False) == 1
    assert storages["files"].listdir("")[1] == []
    assert client.get(FGB).status_code == 202


def test_a_file_of_a_quiet_country_is_kept_for_a_day(made, client, work):
    made("fgb")
    age(23 * HOUR)
    assert files.delete_outdated(timezone.now(), dry_run=False) == 0
    assert client.get(FGB).status_code == 200
    assert work() == 0
    age(25 * HOUR)
    assert client.get(FGB).status_code == 202
    assert work() == 1


def test_work_that_failed_or_was_lost_is_asked_for_again(full, client, work, monkeypatch):
    client.get(FGB)
    with monkeypatch.context() as patched:
        patched.setitem(geofiles.FILE_FORMATS, "fgb", None)
        with pytest.raises(AttributeError):
            work()
    DBTaskResult.objects.all().delete()
    client.get(FGB)
    assert DBTaskResult.objects.count() == 0
    BuiltFile.objects.update(asked_at=timezone.now() - files.PATIENCE)
    client.get(FGB)
    assert DBTaskResult.objects.all().delete()[0] == 1  # as where the worker was killed
    client.get(FGB)
    assert DBTaskResult.objects.count() == 0
    BuiltFile.objects.update(asked_at=timezone.now() - files.PATIENCE)
    client.get(FGB)
    assert work() == 1
    assert b"".join(client.get(FGB).streaming_content).startswith(b"fgb")
