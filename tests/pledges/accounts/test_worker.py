"""Two worker processes at once send each mail once."""

import re
from collections import Counter

from django_tasks_db.models import DBTaskResult

from pledges.notifications import mail_tasks, outbox
from tests.processes import eventually, running

WORKER = ("manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay", "--verbosity", "0")
MAILS = 40


def test_two_workers_send_each_mail_once(committed, tmp_path, settings):
    settings.OUTBOX = tmp_path
    for number in range(MAILS):
        mail_tasks.send_sign_in.enqueue(email=f"p{number}@example.org", code=f"CODE-{number:04}")
    place = {"OUTBOX": str(tmp_path), "DEMO": "1", "EMAIL_URL": ""}
    with running(*WORKER, **place), running(*WORKER, **place):
        eventually(lambda: not DBTaskResult.objects.exists())
    sent = Counter(shown.to for shown in outbox.newest())
    assert sent == Counter(f"p{number}@example.org" for number in range(MAILS))
    codes = {re.search(r"CODE-\d{4}", shown.text)[0] for shown in outbox.newest()}
    assert len(codes) == MAILS
