"""What keeps reminding quick at three million pledges: each batch is found by an index."""

import datetime
import re

import pytest
from django.db import connection, transaction

from pledges.accounts.models import User
from pledges.demo.seed import seed
from pledges.pledging.models import Join, Pledge
from pledges.reminders import schedule as reminders
from tests.country import draw_country
from tests.pledges.followup.conftest import CHANGE_DAY, DUE
from tests.pledges.plans import explained


@pytest.fixture
def _many(committed, alice) -> None:
    """Three thousand promises of a thousand people, a hundredth of them due on one day.

    As with real ones, most have an author and their days are spread: with a few of one day, to
    walk through all that is open is as quick as the index of days.
    """
    draw_country()
    people = User.objects.bulk_create(User(email=f"person{n}@example.org") for n in range(1000))
    seed(3000, lambda words: None)
    keys = list(Pledge.objects.values_list("pk", flat=True))
    for n in range(100):
        day = DUE + datetime.timedelta(days=n)
        Pledge.objects.filter(pk__in=keys[n::100]).update(author=people[n * 10], due=day)
    Join.objects.bulk_create(Join(pledge_id=key, person=alice, text="x") for key in keys[1::100])
    with connection.cursor() as cursor:
        cursor.execute("analyze pledges_pledge, pledges_join, pledges_user, pledges_reminder")


@pytest.mark.usefixtures("_many")
def test_every_batch_is_found_by_an_index():
    due, special = reminders.Occasion(DUE, False), reminders.Occasion(CHANGE_DAY, True)
    with transaction.atomic():
        for rows in (due.pledges(), due.joins(), special.pledges(), special.joins()):
            batch = rows.filter(pk__gt=5).order_by("pk").values_list("pk", flat=True)[:200]
            plan = explained(lambda batch=batch: list(batch))
            assert "Seq Scan on pledges_pledge" not in plan, plan
        assert re.search("pledges_pledge_(due|owed)", explained(lambda: list(due.pledges())))
        assert "pledges_pledge_due" in explained(lambda: list(due.joins()))
        everyone = special.pledges().order_by("pk")[:200]
        assert "pledges_pledge_open" in explained(lambda: list(everyone), "enable_sort")
        parts = special.joins().order_by("pk")[:200]
        assert "pledges_join_open" in explained(lambda: list(parts), "enable_sort")
