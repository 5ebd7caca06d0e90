"""Personal data of those who write for employers, and its retention."""

import datetime
from collections.abc import Mapping

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.accounts.models import User
from pledges.accounts.personal_data import Keeper, Overdue, Shelf
from pledges.employers.demo.organisations import remove_employers
from pledges.employers.demo.survey import remove_survey
from pledges.employers.models.proposals import Proposal, Reader
from pledges.employers.models.survey import SurveyImport
from pledges.employers.permissions import organisations_of

DRAFTS_KEPT = datetime.timedelta(days=365)
FILES_KEPT = datetime.timedelta(days=90)
NAMES_KEPT = datetime.timedelta(days=6 * 365)


class Employers(Keeper):
    """Proposals with who wrote and who decided them; whether somebody wants mails."""

    def shelf(self, person: User) -> Shelf | None:
        employers = organisations_of(person)
        if not employers:
            return None
        reader = Reader.objects.filter(person=person).first()
        content = {
            "employers": employers,
            "mails": reader is None or reader.no_mails_since is None,
        }
        return Shelf(_("Your employer’s page"), "pledges/employers/shelf.html", content)

    def everything(self, person: User) -> Mapping[str, object]:
        made = Proposal.objects.filter(made_by=person).select_related("organisation")
        decided = Proposal.objects.filter(decided_by=person).order_by("pk")
        reader = Reader.objects.filter(person=person).first()
        return {
            "proposals_for_employers": [
                {
                    "organisation": row.organisation.name,
                    "kind": row.kind,
                    "state": row.state,
                    "content": row.content,
                    "made_at": row.made_at,
                }
                for row in made.order_by("pk")
            ],
            "decided_for_employers": [
                {"proposal": row.pk, "state": row.state, "decided_at": row.decided_at}
                for row in decided
            ],
            "surveys_imported": list(
                SurveyImport.objects.filter(by=person)
                .order_by("pk")
                .values("year", "file_name", "created_at", "imported_at")
            ),
            "no_employer_mails_since": reader and reader.no_mails_since,
        }

    def leave(self, person: User, *, keep: bool) -> None:
        """Delete drafts that were never sent; the rest is the employer's, without a name."""
        drafts = Proposal.objects.filter(made_by=person, state=Proposal.State.DRAFT)
        drafts.filter(sent_at__isnull=True).delete()

    def overdue(self) -> list[Overdue]:
        now = timezone.now()
        drafts = Proposal.objects.drafts().filter(changed_at__lt=now - DRAFTS_KEPT)
        old = Proposal.objects.approved().filter(decided_at__lt=now - NAMES_KEPT)
        named = old.filter(Q(made_by__isnull=False) | Q(decided_by__isnull=False))
        return [
            Overdue(_("Drafts for an employer that nobody touched"), drafts, kept=DRAFTS_KEPT),
            Overdue(
                _("Who wrote and who approved what an employer published"),
                named.order_by(),
                {"made_by": None, "decided_by": None},
                kept=NAMES_KEPT,
            ),
            Overdue(
                _("Files of the staff survey that nobody imported"),
                SurveyImport.objects.filter(imported_at=None, created_at__lt=now - FILES_KEPT),
                kept=FILES_KEPT,
            ),
            Overdue(
                _("Who imported figures of the staff survey"),
                SurveyImport.objects.filter(imported_at__lt=now - NAMES_KEPT, by__isnull=False),
                {"by": None},
                kept=NAMES_KEPT,
            ),
        ]

    def remove_demo(self) -> None:
        """Remove the fictional employers with all their data."""
        remove_survey()
        remove_employers()
