"""Queued tasks, of mails and of files, that keep failing: shown, logged, and tried again."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.management import call_command
from django.utils import timezone

from geo.ogcapi.export import files, geofiles
from geo.ogcapi.export.models import BuiltFile
from hubs.following import newsletter
from pledges.accounts.models import User
from pledges.jobs.models import Job
from pledges.jobs.scheduler import try_now
from tests.pledges.test_jobs import MINUTE, SECRET, fail, failing

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def work() -> Callable[[], None]:
    """Do what is queued, as the workers of mails and files do."""
    return partial(
        call_command, "db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0
    )


def test_tasks_that_keep_failing_are_shown_and_logged_until_one_succeeds(work, caplog, monkeypatch):
    monkeypatch.setattr("signal.signal", lambda *_: None)
    for _ in range(3):
        newsletter.send_newsletter.enqueue(1, SECRET, "2026-01-01")
    with monkeypatch.context() as patched:
        patched.setattr(User.objects, "filter", fail)
        work()
    assert failing() == ["task send_newsletter"]
    assert "task send_newsletter has failed" in caplog.text
    row = Job.objects.get(name="task send_newsletter")
    assert (row.failures, row.next_try_at) == (3, None)
    assert SECRET not in row.error
    # No mail is sent twice by hand.
    assert try_now(Job.objects.all(), timezone.now()) == 0
    newsletter.send_newsletter.enqueue(1, "2026-01-01", "2026-01-02")
    work()
    assert failing() == []


def test_a_file_that_fails_is_made_again_later_and_later(work, client, ground, monkeypatch):
    monkeypatch.setattr("signal.signal", lambda *_: None)
    path = "/api/collections/organisations/export.fgb"
    with monkeypatch.context() as patched:
        patched.setitem(geofiles.FILE_FORMATS, "fgb", None)
        for failures, minutes in ((1, 1), (2, 2), (3, 4)):
            assert client.get(path).status_code == 202
            work()
            row = BuiltFile.objects.get()
            assert row.failures == failures
            waits = row.asked_at + files.PATIENCE - timezone.now()
            assert (minutes - 1) * MINUTE < waits <= minutes * MINUTE
            client.get(path)
            work()
            assert BuiltFile.objects.get().failures == failures
            BuiltFile.objects.update(asked_at=row.asked_at - minutes * MINUTE)
    assert failing() == ["task make organisations fgb"]
    client.get(path)
    work()
    row = BuiltFile.objects.get()
    assert (row.failures, row.asked_at) == (0, None)
    assert failing() == []
