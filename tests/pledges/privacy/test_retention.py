"""What is kept no longer goes, what is kept stays, and the notice says what the code does."""

import datetime
import os
from collections.abc import Callable

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from geo import uploads
from geo.live.models import News
from geo.ogcapi.export.models import BuiltFile
from geo.uploads.models import Upload
from geo.uploads.storage import CheckedFile
from pledges.accounts import confirmation, rate_limits, retention
from pledges.accounts.models import Confirmation, Taken
from pledges.accounts.personal_data import Keeper, Overdue
from pledges.accounts.retention import DAY, RETENTION, SIGNED_IN, YEAR, forget, in_words
from pledges.certificates.models import Certificate
from pledges.moderation.models import Case, Decision, Report
from pledges.pages import views as pages
from pledges.pledging import actions
from pledges.pledging.models import Pledge

HOUR = datetime.timedelta(hours=1)


def ago(span: datetime.timedelta) -> datetime.datetime:
    return timezone.now() - span


class World:
    """One of everything that is forgotten, of any age."""

    def __init__(self, pledge: Callable[..., Pledge], alice, bob, outbox) -> None:
        self.pledge, self.alice, self.bob, self.outbox = pledge, alice, bob, outbox

    def unconfirmed(self, age):
        made = self.pledge(confirmed=False)
        Pledge.objects.filter(pk=made.pk).update(created_at=ago(age))
        return lambda: Pledge.objects.filter(pk=made.pk).exists()

    def withdrawn(self, age):
        made = self.pledge(withdrawn=True)
        Pledge.objects.filter(pk=made.pk).update(withdrawn_at=ago(age))
        return lambda: Pledge.objects.filter(pk=made.pk).exists()

    def question(self, age):
        address = f"{age.total_seconds()}@example.org"
        confirmation.ask(Confirmation.Kind.LIKE, address, self.pledge())
        rows = Confirmation.objects.filter(email=address)
        rows.update(expires_at=ago(age - HOUR))
        return rows.exists

    def limit(self, age):
        before = set(Taken.objects.values_list("pk", flat=True))
        rate_limits.take(rate_limits.MAILS_FROM_NETWORK, str(age))
        row = Taken.objects.exclude(pk__in=before).get()
        Taken.objects.filter(pk=row.pk).update(until=ago(age - HOUR))
        return Taken.objects.filter(pk=row.pk).exists

    def session(self, age):
        key = str(age)
        Session.objects.create(session_key=key, session_data="", expire_date=ago(age) + SIGNED_IN)
        return Session.objects.filter(pk=key).exists

    def task(self, age):
        row = DBTaskResult.objects.create(
            task_path="x", args_kwargs={}, backend_name="default", run_after=timezone.now()
        )
        DBTaskResult.objects.filter(pk=row.pk).update(finished_at=ago(age), status="FAILED")
        return DBTaskResult.objects.filter(pk=row.pk).exists

    def _case(self, age) -> Case:
        made = self.pledge()
        return Case.objects.create(
            content_type=ContentType.objects.get_for_model(Pledge),
            object_id=made.pk,
            why=Case.Why.REPORTED,
            original=made.text,
            opened_at=ago(age + HOUR),
            decided_at=ago(age),
            outcome=Case.Outcome.HIDDEN,
            answer="I meant no harm.",
        )

    def report(self, age):
        row = Report.objects.create(
            case=self._case(age),
            reason=Report.Reason.SPAM,
            words="He sells things.",
            reporter=self.bob,
            reporter_digest=str(age),
        )
        return Report.objects.filter(pk=row.pk, words__gt="", reporter=self.bob).exists

    def case(self, age):
        row = self._case(age)
        return Case.objects.filter(pk=row.pk, original__gt="", answer__gt="").exists

    def decision(self, age):
        row = Decision.objects.create(
            case=self._case(age),
            outcome=Case.Outcome.KEPT,
            words="It is fine.",
            text="I will listen.",
            decided_at=ago(age),
        )
        return Decision.objects.filter(pk=row.pk, words__gt="", text__gt="").exists

    def trail(self, age):
        row = LogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(Pledge),
            object_pk="1",
            object_repr="x",
            action=LogEntry.Action.UPDATE,
        )
        LogEntry.objects.filter(pk=row.pk).update(timestamp=ago(age))
        return LogEntry.objects.filter(pk=row.pk).exists

    def news(self, age):
        # The last of the old ones stays: whoever has read it misses nothing.
        told = {"collection": "pledges", "verb": News.Verb.NEW, "at": ago(age)}
        first, _last = [News.objects.create(key=str(age), **told) for _ in range(2)]
        return News.objects.filter(pk=first.pk).exists

    def upload(self, age):
        row = uploads.save_upload(CheckedFile(b"x", "txt", "text/plain"))
        Upload.objects.filter(pk=row.pk).update(created_at=ago(age))
        return Upload.objects.filter(pk=row.pk).exists

    def built(self, age):
        row = BuiltFile(layer="pledges", form=str(age.total_seconds())[:8], made_at=ago(age))
        row.replace(ContentFile(b"x"))
        return BuiltFile.objects.filter(pk=row.pk).exists

    def mail(self, age):
        path = self.outbox / f"{age.total_seconds()}.eml"
        path.write_text("To: a@example.org")
        then = ago(age).timestamp()
        os.utime(path, (then, then))
        return path.exists


KINDS = (
    *(World.unconfirmed, World.withdrawn, World.question, World.limit, World.session),
    *(World.task, World.report, World.case, World.decision, World.trail),
    *(World.news, World.upload, World.built, World.mail),
)


@pytest.fixture
def world(pledge, alice, bob, settings, tmp_path) -> World:
    settings.OUTBOX = tmp_path
    return World(pledge, alice, bob, tmp_path)


def test_each_rule_is_tried():
    assert len(KINDS) == len(RETENTION)


@pytest.mark.parametrize(
    ("rule", "make"),
    list(zip(RETENTION, KINDS, strict=True)),
    ids=[kind.__name__ for kind in KINDS],
)
def test_what_is_older_goes_and_what_is_not_stays(world, rule, make):
    limit = rule.kept or HOUR
    old, young = make(world, limit + HOUR / 2), make(world, limit - HOUR / 2)
    found = {one.name: one.number for one in forget(dry_run=True)}
    assert found[rule.name] == 1
    assert old()
    assert young()
    assert {one.name: one.number for one in forget()}[rule.name] == 1
    assert not old()
    assert young()
    assert {one.name: one.number for one in forget()}[rule.name] == 0


def test_a_withdrawn_pledge_stays_while_its_certificate_may_be_checked(world, pledge, alice):
    made = pledge(withdrawn=True)
    Pledge.objects.filter(pk=made.pk).update(withdrawn_at=ago(2 * YEAR))
    day = datetime.date(2026, 3, 3)
    Certificate.objects.create(number="x", pledge=made, person=alice, name="Al", done_on=day)
    forget()
    assert Pledge.objects.filter(pk=made.pk).exists()


class Things(Keeper):
    """An app that keeps an organisation's pledges for a fortnight."""

    def overdue(self) -> list[Overdue]:
        rows = Pledge.objects.filter(text="Old thing", due=F("due"))
        return [Overdue("old things", rows, {"team": ""}, kept=14 * DAY)]


@pytest.fixture
def things(settings):
    settings.REGISTRIES = {**settings.REGISTRIES, "KEEPERS": [f"{__name__}.Things"]}


def test_what_other_apps_keep_goes_too(world, pledge, things):
    pledge("Old thing", team="ours", due=datetime.date(2026, 3, 3))
    assert {one.name: one.number for one in forget(dry_run=True)}["old things"] == 1
    assert Pledge.objects.get().team == "ours"
    forget()
    assert Pledge.objects.get().team == ""


class Broken(Keeper):
    """An app that cannot say what it keeps no longer."""

    def overdue(self) -> list[Overdue]:
        raise ValueError("broken")


def test_what_cannot_be_removed_keeps_nothing_else(world, pledge, settings):
    keepers = [f"{__name__}.Broken", f"{__name__}.Things"]
    settings.REGISTRIES = {**settings.REGISTRIES, "KEEPERS": keepers}
    pledge("Old thing", team="ours", due=datetime.date(2026, 3, 3))
    with pytest.raises(ExceptionGroup) as raised:
        forget()
    assert [str(error) for error in raised.value.exceptions] == ["broken"]
    assert Pledge.objects.get().team == ""


def test_the_notice_says_what_the_code_does(client, database, things):
    page = client.get("/privacy/").content.decode()
    for rule in RETENTION:
        assert str(rule.name) in page
        assert str(rule.why) in page
        assert str(rule.span)[1:] in page
    assert "Old things" in page
    assert "14 days" in page
    assert pages.RETENTION is retention.RETENTION


def test_spans_are_said_in_whole_days_or_years():
    assert in_words(DAY) == "1 day"
    assert in_words(7 * DAY) == "7 days"
    assert in_words(YEAR) == "1 year"
    assert in_words(3 * YEAR) == "3 years"
    assert all(not rule.kept or rule.kept % DAY == datetime.timedelta(0) for rule in RETENTION)


def test_the_command_says_what_it_did(world, capsys):
    world.unconfirmed(8 * DAY)
    call_command("forget", "--dry-run")
    assert "1  in all would be forgotten." in capsys.readouterr().out
    assert Pledge.objects.count() == 1
    call_command("forget")
    said = capsys.readouterr().out
    assert "1  Pledges that nobody confirmed" in said
    assert "1  in all forgotten." in said
    assert not Pledge.objects.exists()


def test_the_demo_goes_with_what_people_did_with_it(pledge, alice):
    demo, ours = pledge(demo=True), pledge("I will stay.")
    actions.like(demo, alice)
    actions.join(demo, alice)
    copy = pledge("A copy")
    Pledge.objects.filter(pk=copy.pk).update(copied_from=demo)
    demo.stories.create(text="I did it.")
    assert retention.remove_demo() == 1
    assert set(Pledge.objects.all()) == {ours, copy}
