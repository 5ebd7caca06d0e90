"""Telling an operator who is anonymous, for somebody's safety: asked for, and written down."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hubs.conversation.authors import Row, author_of
from hubs.conversation.models.private import Safeguarding
from hubs.conversation.models.replies import Reply
from pledges.accounts.audit import note
from pledges.accounts.models import User


@transaction.atomic
def open_safeguarding(row: Row, by: User, ground: Safeguarding.Ground, words: str) -> User | None:
    """Write a safeguarding report about a row, and return who wrote that; None for nobody known.

    Raises PermissionDenied but for an operator. That it was opened, when, by whom and why stays,
    in the report and in the audit trail; who it was about does not.
    """
    if not by.is_operator:
        raise PermissionDenied
    about = {"reply" if isinstance(row, Reply) else "post": row}
    report = Safeguarding.objects.create(ground=ground, words=words, opened_by=by, **about)
    note(row, "author disclosed", report=report.pk, ground=str(ground))
    return author_of(row)
