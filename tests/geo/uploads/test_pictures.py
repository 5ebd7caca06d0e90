"""Pictures that people give: written anew, or refused before they fill the memory."""

import io
import os
import subprocess
import sys
import zipfile

import pytest
from PIL import Image, ImageFile

from geo import uploads
from geo.uploads.models import Upload
from geo.uploads.reading import UploadRefused
from tests.geo.uploads import sample_files
from tests.geo.uploads.sample_files import given
from tests.project.tree import ROOT


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_is_written_anew(kind, mode):
    checked = uploads.check_picture(given(sample_files.picture(kind, mode=mode)))
    assert (checked.extension, checked.media_type) == ("webp", "image/webp")
    assert (checked.width, checked.height) == (60, 40)
    with Image.open(io.BytesIO(checked.data)) as seen:
        assert (seen.format, seen.size) == ("WEBP", (60, 40))


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "1", "I;16"])
def test_pictures_of_every_make_are_understood(mode):
    checked = uploads.check_picture(given(sample_files.picture("PNG", mode=mode)))
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
    checked = uploads.check_picture(given(sample_files.picture("JPEG", size)))
    assert (checked.width, checked.height) == fits


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_where_a_picture_was_taken_is_gone(kind):
    before = sample_files.located(kind)
    assert sample_files.SECRET in before
    checked = uploads.check_picture(given(before))
    assert sample_files.SECRET not in checked.data
    with Image.open(io.BytesIO(checked.data)) as seen:
        assert dict(seen.getexif()) == {}
        assert {"exif", "xmp", "icc_profile"} & set(seen.info) == set()


def test_a_picture_is_turned_as_the_camera_was_held():
    """Red was on the left; held at a right angle (6), the left is the top."""
    checked = uploads.check_picture(given(sample_files.located(orientation=6)))
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


NO_PICTURES = {
    "nothing": b"",
    "HTML": sample_files.HTML,
    "SVG": sample_files.SVG,
    "GIF": sample_files.picture("GIF"),
    "TIFF": sample_files.picture("TIFF"),
    "the head of a PNG over HTML": b"\x89PNG\r\n\x1a\n" + sample_files.HTML,
    "the head of a JPEG over HTML": b"\xff\xd8\xff" + sample_files.HTML,
    "the head of a WebP over HTML": b"RIFF\x10\0\0\0WEBP" + sample_files.HTML,
    "a sound": b"RIFF\x10\0\0\0WAVEfmt ",
    "half a JPEG": sample_files.picture("JPEG", (600, 400))[:2500],
    "half a PNG": sample_files.picture("PNG", (600, 400))[:200],
    "half a WebP": sample_files.picture("WEBP", (600, 400))[:100],
    "a PNG of 50,000 pixels a side": sample_files.png_of(50_000, 50_000),
    "a PNG of 6,000 pixels a side": sample_files.png_of(6_000, 6_000),
    "a PNG of too few bytes": sample_files.png_of(3_000, 3_000),
    "a PNG with a wrong sum": sample_files.picture("PNG").replace(b"IDAT", b"IDAT\0", 1),
    "a JPEG of a thousand scans": sample_files.picture("JPEG")[:-2] + b"\xff\xda" * 1000,
    "more than 8 MB": b"\xff\xd8\xff" + b"\0" * (8 * 1024 * 1024),
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_good_picture_is_refused_and_not_written(shelf, what):
    with pytest.raises(UploadRefused) as refused:
        uploads.accept_picture(given(NO_PICTURES[what]))
    assert refused.value.code == "upload-refused"
    assert refused.value.description.endswith(".")
    assert list(shelf.iterdir()) == []
    assert not Upload.objects.exists()


def test_half_a_picture_is_refused_whatever_another_library_allows(shelf, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(UploadRefused):
        uploads.accept_picture(given(NO_PICTURES["half a JPEG"]))


def test_a_second_file_within_a_picture_is_gone():
    """What is a picture for one program and a page for another is a picture for all."""
    for more in (sample_files.HTML, sample_files.document(), sample_files.PDF):
        checked = uploads.check_picture(given(sample_files.picture("PNG") + more))
        assert more[:30] not in checked.data
        assert not zipfile.is_zipfile(io.BytesIO(checked.data))


MEMORY = """
import io, resource, sys
import django
django.setup()
from geo.uploads.pictures import check_picture
from geo.uploads.reading import UploadRefused
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    check_picture(io.BytesIO(sys.stdin.buffer.read()))
except UploadRefused:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    ("data", "most"),
    [
        (sample_files.png_of(50_000, 50_000), 20),
        (sample_files.png_of(6_000, 6_000), 20),
        (sample_files.picture("JPEG", (8_000, 6_000)), 160),
        (sample_files.picture("PNG", (5_000, 4_990), "RGBA"), 420),
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
