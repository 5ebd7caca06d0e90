"""SQL in files: functions and triggers, each declared once, whole, next to its model.

A file declares with `create or replace`, so that a later migration can run a changed file again.
"""

from django.conf import settings
from django.db.migrations import RunSQL


def run_sql_file(path: str) -> RunSQL:
    """Return the migration operation that runs a file, named from the root of the project.

    Nothing is undone: triggers go with their tables, and functions are replaced when run again.
    """
    return RunSQL((settings.BASE_DIR / path).read_text(encoding="utf-8"), RunSQL.noop)
