"""What is given is kept apart, answered with care, and forgotten when nothing needs it."""

import datetime
import os

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from geo import uploads
from geo.core.errors import NotFound
from geo.uploads.models import Upload
from tests.geo.uploads import sample_files
from tests.geo.uploads.sample_files import given


def test_what_is_kept_tells_nothing_by_its_name(shelf):
    upload = uploads.accept_file(SimpleUploadedFile("Jane Smith, ward 7.pdf", sample_files.PDF))
    (kept,) = shelf.iterdir()
    assert kept.read_bytes() == sample_files.PDF
    assert kept.stat().st_mode & 0o077 == 0
    assert len(kept.stem) == 32
    assert kept.suffix == ".pdf"
    assert (upload.size, upload.media_type) == (len(sample_files.PDF), "application/pdf")


@pytest.mark.parametrize("kind", sample_files.FILES)
def test_a_file_is_answered_with_care(shelf, kind):
    upload = uploads.accept_file(given(sample_files.FILES[kind]))
    for inline in (False, True):
        answer = uploads.upload_response(upload, '../Ward\r\nX-Evil: 1"七.html', inline=inline)
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
    upload = uploads.accept_picture(given(sample_files.picture()))
    Upload.file.field.storage.delete(upload.file.name)
    with pytest.raises(NotFound):
        uploads.upload_response(upload)


class Form(forms.Form):
    picture = uploads.UploadField(label="Picture", required=False)


def sent(data: bytes) -> Form:
    return Form({}, {"picture": SimpleUploadedFile("a.png", data)})


def test_a_form_checks_before_anything_is_written(shelf):
    form = sent(sample_files.picture())
    assert form.is_valid()
    assert not Upload.objects.exists()
    assert uploads.save_upload(form.cleaned_data["picture"]).width == 60
    assert Form({}, {}).is_valid()


def test_a_form_says_what_may_be_given_and_why_one_may_not():
    form = sent(sample_files.SVG)
    assert not form.is_valid()
    assert "JPEG" in form.errors["picture"][0]
    field = str(form["picture"])
    assert 'accept="image/jpeg,image/png,image/webp"' in field
    assert 'aria-describedby="id_picture_helptext' in field
    assert "8 MB" in form["picture"].help_text


def age(days: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def test_what_nothing_refers_to_is_forgotten_after_a_day(shelf, pledge):
    used, left, new = (uploads.accept_picture(given(sample_files.picture())) for _ in range(3))
    pledge().stories.create(text="I listened.", picture=used)
    Upload.objects.exclude(pk=new.pk).update(created_at=age(2))
    stray = Upload.file.field.storage.save("stray.webp", ContentFile(b"x"))
    fresh = Upload.file.field.storage.save("fresh.webp", ContentFile(b"x"))
    two_days_ago = age(2).timestamp()
    os.utime(shelf / stray, (two_days_ago, two_days_ago))
    assert uploads.delete_unused(dry_run=True) == 2
    assert len(list(shelf.iterdir())) == 5
    assert uploads.delete_unused() == 2
    assert set(Upload.objects.all()) == {used, new}
    assert {path.name for path in shelf.iterdir()} == {used.file.name, new.file.name, fresh}
    assert not Upload.objects.filter(pk=left.pk).exists()
