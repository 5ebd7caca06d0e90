"""One object of every kind of an employer, for the tests of permissions."""

import datetime
from typing import Any

from django.utils import timezone

from geo import uploads
from geo.uploads.storage import CheckedFile
from pledges.accounts.models import User
from pledges.employers import loaders as loading
from pledges.employers.models.actions import Action, Evidence
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import SurveyImport
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import take_snapshot
from pledges.employers.survey import loaders as survey_loading
from tests.factories import Ground

DAY = datetime.date(2026, 1, 5)


def employer_objects(ground: Ground, author: User) -> dict[str, Any]:
    """What the hospital published, and what it has not; the author wrote for it, once."""
    loading.load(lambda words: None, force=True)
    survey_loading.load(lambda words: None, force=True)
    pledge = StaffPledge.objects.current().first()
    about = {"organisation": ground.hospital, "title": "Quiet rooms", "start": DAY}
    action = Action.objects.create(description="A room.", owner="Chair", **about)
    action.pledges.add(pledge)
    file = uploads.save_upload(CheckedFile(b"x", "txt", "text/plain"))
    adopted = {"pledge": str(pledge.pk), "adopted_on": "2026-01-05", "lead": "Chair"}
    figures = take_snapshot(ground.hospital, Period(2026, 1))
    given = {"organisation": ground.hospital, "made_by": author}
    return {
        "staff pledge": pledge,
        "employer action": action,
        "evidence": Evidence.objects.create(action=action, title="Count", upload=file),
        "survey import": SurveyImport.objects.create(
            year=2013,
            upload=uploads.save_upload(CheckedFile(b"Code,KF1\nRXA,50\n", "csv", "text/csv")),
            file_name="figures.csv",
            columns={"organisation": "Code"},
        ),
        "board report": BoardReport.objects.create(
            organisation=ground.hospital, year=2026, quarter=1, edition=1, content=figures
        ),
        "draft report": Proposal.objects.create(
            kind=Proposal.Kind.REPORT, content={"period": "2026-q1"}, **given
        ),
        "draft proposal": Proposal.objects.create(
            kind=Proposal.Kind.EVIDENCE,
            action=action,
            content={"title": "Draft", "on": "2026-01-05", "link": ""},
            upload=file,
            **given,
        ),
        "sent proposal": Proposal.objects.create(
            kind=Proposal.Kind.ADOPTION,
            content=adopted,
            state=Proposal.State.SENT,
            sent_at=timezone.now(),
            **given,
        ),
    }
