"""Files that people give: known by their content, made harmless, or refused before they harm."""

import datetime
import io
import os
import subprocess
import sys
import zipfile

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from geo import uploads
from geo.errors import NotFound
from geo.models import Upload
from geo.uploads import Refused
from geo.uploads.archives import MOST_MEMBERS
from tests.geo import giving
from tests.project.tree import ROOT

HTML = b"<!doctype html><script>alert(7)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(7)"/>'
LONG_ZEROS = b"\0" * 30_000_000
OFFICE = "application/vnd.openxmlformats-officedocument."


def given(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


@pytest.fixture
def shelf(monkeypatch, tmp_path, database):
    """The private storage, on a disk as in earnest."""
    storage = FileSystemStorage(tmp_path, None, file_permissions_mode=0o600)
    monkeypatch.setattr(Upload.file.field, "storage", storage)
    return tmp_path


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_is_written_anew(kind, mode):
    checked = uploads.check_picture(given(giving.picture(kind, mode=mode)))
    assert (checked.extension, checked.media_type) == ("webp", "image/webp")
    assert (checked.width, checked.height) == (60, 40)
    with Image.open(io.BytesIO(checked.data)) as seen:
        assert (seen.format, seen.size) == ("WEBP", (60, 40))


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "1", "I;16"])
def test_pictures_of_every_make_are_understood(mode):
    checked = uploads.check_picture(given(giving.picture("PNG", mode=mode)))
    assert (checked.width, checked.height) == (60, 40)


def test_what_is_clear_stays_clear():
    clear = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(clear, "PNG")
    checked = uploads.check_picture(clear)
    with Image.open(io.BytesIO(checked.data)) as seen:
        assert seen.convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    ("size", "fits"), [((3200, 1000), (1600, 500)), ((900, 4000), (360, 1600))]
)
def test_a_large_picture_is_made_smaller(size, fits):
    checked = uploads.check_picture(given(giving.picture("JPEG", size)))
    assert (checked.width, checked.height) == fits


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_where_a_picture_was_taken_is_gone(kind):
    before = giving.located(kind)
    assert giving.SECRET in before
    checked = uploads.check_picture(given(before))
    assert giving.SECRET not in checked.data
    with Image.open(io.BytesIO(checked.data)) as seen:
        assert dict(seen.getexif()) == {}
        assert {"exif", "xmp", "icc_profile"} & set(seen.info) == set()


def test_a_picture_is_turned_as_the_camera_was_held():
    """Red was on the left; held at a right angle (6), the left is the top."""
    checked = uploads.check_picture(given(giving.located(orientation=6)))
    assert (checked.width, checked.height) == (40, 60)
    with Image.open(io.BytesIO(checked.data)) as seen:
        top, bottom = (seen.convert("RGB").getpixel((20, y)) for y in (5, 55))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


def test_of_a_picture_that_moves_the_first_frame_is_kept():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    checked = uploads.check_picture(out)
    with Image.open(io.BytesIO(checked.data)) as seen:
        assert not seen.is_animated
        assert seen.convert("RGB").getpixel((10, 10))[0] > 200


def gif() -> bytes:
    return giving.picture("GIF")


NO_PICTURES = {
    "nothing": b"",
    "HTML": HTML,
    "SVG": SVG,
    "GIF": gif(),
    "TIFF": giving.picture("TIFF"),
    "the head of a PNG over HTML": b"\x89PNG\r\n\x1a\n" + HTML,
    "the head of a JPEG over HTML": b"\xff\xd8\xff" + HTML,
    "the head of a WebP over HTML": b"RIFF\x10\0\0\0WEBP" + HTML,
    "a sound": b"RIFF\x10\0\0\0WAVEfmt ",
    "half a JPEG": giving.picture("JPEG", (600, 400))[:2500],
    "half a PNG": giving.picture("PNG", (600, 400))[:200],
    "half a WebP": giving.picture("WEBP", (600, 400))[:100],
    "a PNG of 50,000 pixels a side": giving.png_of(50_000, 50_000),
    "a PNG of 6,000 pixels a side": giving.png_of(6_000, 6_000),
    "a PNG of too few bytes": giving.png_of(3_000, 3_000),
    "a PNG with a wrong sum": giving.picture("PNG").replace(b"IDAT", b"IDAT\0", 1),
    "a JPEG of a thousand scans": giving.picture("JPEG")[:-2] + b"\xff\xda" * 1000,
    "more than 8 MB": b"\xff\xd8\xff" + b"\0" * (8 * 1024 * 1024),
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_good_picture_is_refused_and_not_written(shelf, what):
    with pytest.raises(Refused) as refused:
        uploads.accept_picture(given(NO_PICTURES[what]))
    assert refused.value.code == "upload-refused"
    assert refused.value.description.endswith(".")
    assert list(shelf.iterdir()) == []
    assert not Upload.objects.exists()


def test_a_second_file_within_a_picture_is_gone():
    """What is a picture for one program and a page for another is a picture for all."""
    for more in (HTML, giving.document(), giving.PDF):
        checked = uploads.check_picture(given(giving.picture("PNG") + more))
        assert more[:30] not in checked.data
        assert not zipfile.is_zipfile(io.BytesIO(checked.data))


MEMORY = """
import io, resource, sys
import django
django.setup()
from geo.uploads.pictures import check_picture
from geo.uploads.reading import Refused
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    check_picture(io.BytesIO(sys.stdin.buffer.read()))
except Refused:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    ("data", "most"),
    [
        (giving.png_of(50_000, 50_000), 20),
        (giving.png_of(6_000, 6_000), 20),
        (giving.picture("JPEG", (8_000, 6_000)), 160),
        (giving.picture("PNG", (5_000, 4_990), "RGBA"), 420),
    ],
    ids=["bomb", "beyond the limit", "48 million pixels", "at the limit"],
)
def test_memory_is_bounded(data, most):
    """In megabytes, of a process that looks at this one picture."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        check=True,
    )
    assert int(done.stdout) < most


TABLE = "name;pledges\nAlderham;12\nCottleigh;7\n"
FILES = {
    "pdf": giving.PDF,
    "docx": giving.document(),
    "pptx": giving.archive(
        {"[Content_Types].xml": f"{OFFICE}presentationml.presentation.main+xml"}
    ),
    "xlsx": giving.archive({"[Content_Types].xml": f"{OFFICE}spreadsheetml.sheet.main+xml"}),
    "odt": giving.open_document("text"),
    "odp": giving.open_document("presentation"),
    "csv": TABLE.encode("utf-8-sig"),
    "txt": "Dewch â’ch syniadau.\nBring your ideas.\n".encode(),
    "webp": giving.picture("JPEG"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_kind_is_found_from_the_content(kind):
    for name in ("a.html", "../../etc/passwd", "x" * 300 + ".exe"):
        checked = uploads.check_file(SimpleUploadedFile(name, FILES[kind], "text/html"))
        assert checked.extension == kind
        assert "html" not in checked.media_type


@pytest.mark.parametrize("kind", FILES)
def test_a_kind_that_is_not_asked_for_is_refused(kind):
    name = uploads.PICTURE if kind == "webp" else kind
    assert uploads.check_file(given(FILES[kind]), {name}).extension == kind
    with pytest.raises(Refused):
        uploads.check_file(given(FILES[kind]), uploads.DOCUMENTS - {name})


def lying() -> bytes:
    """A member that is longer than it claims."""
    data = giving.document(**{"word/media/a.bin": b"x" * 5_000})
    return data.replace((5_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))


def linking() -> bytes:
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(giving.document())
    with zipfile.ZipFile(out, "a") as written:
        written.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(giving.document())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    return giving.document(**{"word/documenu.xml": "<other/>"}).replace(b"documenu", b"document")


MANY = {f"word/{number}.xml": "" for number in range(MOST_MEMBERS + 1)}
NO_FILES = {
    "nothing": b"",
    "HTML": HTML,
    "SVG": SVG,
    "HTML after spaces": b"\n \t" + HTML,
    "a program": b"\x7fELF\x02\x01\x01" + b"\0" * 50,
    "a program of Windows": b"MZ\x90\0" + b"\0" * 50,
    "UTF-16": TABLE.encode("utf-16"),
    "Latin-1": "Ünwell".encode("latin-1"),
    "text with a NUL": b"name,pledges\0\n",
    "an old Word document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "any archive": giving.archive({"a.txt": "a"}),
    "an empty archive": giving.archive({}),
    "an archive in a nested one": giving.archive({"a.docx": giving.document()}),
    "a zip bomb": giving.document(**{"word/bomb.xml": LONG_ZEROS}),
    "a bomb of many members": giving.document(**MANY),
    "a bomb that lies": lying(),
    "a path out": giving.document(**{"../../etc/cron.d/x": "x"}),
    "a path from the root": giving.document(**{"/etc/passwd": "x"}),
    "a path of Windows": giving.document(**{"word\\..\\x": "x"}),
    "a drive": giving.document(**{"C:/x": "x"}),
    "a link": linking(),
    "a locked one": locked(),
    "a name twice": twice(),
    "macros": giving.document(**{"word/vbaProject.bin": b"x"}),
    "macros by type": giving.archive(
        {"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}
    ),
    "macros of an open document": giving.archive(
        {"mimetype": "application/vnd.oasis.opendocument.text", "Basic/script-lc.xml": "x"}
    ),
    "packed as nobody packs": giving.archive(
        {"[Content_Types].xml": giving.CONTENT_TYPES}, zipfile.ZIP_LZMA
    ),
    "half a document": giving.document()[:-30],
    "a document and more": giving.document() + HTML,
    "HTML and a document": b"PK<html>" + giving.document(),
    "a PDF cut short": giving.PDF[:40],
    "a PDF that is an archive": giving.PDF + giving.document() + b"%%EOF",
    "a PDF with a script": giving.PDF.replace(b"/Catalog", b"/Catalog/JavaScript(app.alert(7))"),
    "a PDF that starts a program": giving.PDF.replace(b"/Catalog", b"/Catalog/Launch"),
    "a PDF with a file in it": giving.PDF.replace(b"/Catalog", b"/Catalog/EmbeddedFile"),
    "more than 20 MB": b"a" * (20 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_good_file_is_refused_and_not_written(shelf, what):
    with pytest.raises(Refused) as refused:
        uploads.accept_file(given(NO_FILES[what]))
    assert refused.value.description.endswith(".")
    assert list(shelf.iterdir()) == []
    assert not Upload.objects.exists()


def test_a_broken_archive_is_refused_wherever_it_is_broken():
    whole = giving.document(**{"word/media/a.bin": bytes(range(256)) * 4})
    for place in range(4, len(whole), 7):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            checked = uploads.check_file(given(broken))
        except Refused:
            continue
        assert checked.extension == "docx", place


def test_what_is_kept_tells_nothing_by_its_name(shelf):
    upload = uploads.accept_file(SimpleUploadedFile("Jane Smith, ward 7.pdf", giving.PDF))
    (kept,) = shelf.iterdir()
    assert kept.read_bytes() == giving.PDF
    assert kept.stat().st_mode & 0o077 == 0
    assert len(kept.stem) == 32
    assert kept.suffix == ".pdf"
    assert (upload.size, upload.media_type) == (len(giving.PDF), "application/pdf")


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_answered_with_care(shelf, kind):
    upload = uploads.accept_file(given(FILES[kind]))
    for inline in (False, True):
        answer = uploads.respond(upload, '../Ward\r\nX-Evil: 1"七.html', inline=inline)
        with upload.file.open() as kept:
            assert b"".join(answer.streaming_content) == kept.read()
        shown = inline and kind == "webp"
        assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
        assert f".{kind}" in answer["Content-Disposition"]
        assert "html" not in answer["Content-Disposition"]
        assert "X-Evil" not in answer.headers
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"].startswith("private")


def test_a_file_that_has_gone_is_not_there(shelf):
    upload = uploads.accept_picture(given(giving.picture()))
    Upload.file.field.storage.delete(upload.file.name)
    with pytest.raises(NotFound):
        uploads.respond(upload)


class Form(forms.Form):
    picture = uploads.UploadField(label="Picture", required=False)


def sent(data: bytes) -> Form:
    return Form({}, {"picture": SimpleUploadedFile("a.png", data)})


def test_a_form_checks_before_anything_is_written(shelf):
    form = sent(giving.picture())
    assert form.is_valid()
    assert not Upload.objects.exists()
    assert uploads.keep(form.cleaned_data["picture"]).width == 60
    assert Form({}, {}).is_valid()


def test_a_form_says_what_may_be_given_and_why_one_may_not():
    form = sent(SVG)
    assert not form.is_valid()
    assert "JPEG" in form.errors["picture"][0]
    field = str(form["picture"])
    assert 'accept="image/jpeg,image/png,image/webp"' in field
    assert 'aria-describedby="id_picture_helptext' in field
    assert "8 MB" in form["picture"].help_text


def age(days: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def test_what_nothing_refers_to_is_forgotten_after_a_day(shelf, pledge):
    used, left, new = (uploads.accept_picture(given(giving.picture())) for _ in range(3))
    pledge().stories.create(text="I listened.", picture=used)
    Upload.objects.exclude(pk=new.pk).update(created_at=age(2))
    stray = Upload.file.field.storage.save("stray.webp", ContentFile(b"x"))
    fresh = Upload.file.field.storage.save("fresh.webp", ContentFile(b"x"))
    two_days_ago = age(2).timestamp()
    os.utime(shelf / stray, (two_days_ago, two_days_ago))
    assert uploads.forget_unused(dry_run=True) == 2
    assert len(list(shelf.iterdir())) == 5
    assert uploads.forget_unused() == 2
    assert set(Upload.objects.all()) == {used, new}
    assert {path.name for path in shelf.iterdir()} == {used.file.name, new.file.name, fresh}
    assert not Upload.objects.filter(pk=left.pk).exists()
