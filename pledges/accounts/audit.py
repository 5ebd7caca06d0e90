"""Rows of the audit trail for what is written past `save`, set by set."""

from auditlog.models import LogEntry
from django.db.models import Model


def note(row: Model, what: str, **numbers: object) -> None:
    """Write down that something was done to a row, with what is worth knowing: numbers, codes."""
    LogEntry.objects.log_create(
        row,
        force_log=True,
        action=LogEntry.Action.UPDATE,
        changes={},
        additional_data={"what": what, **numbers},
    )
