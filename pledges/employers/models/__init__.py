from pledges.employers.models import (
    actions,
    adoptions,
    board_reports,
    proposals,
    staff_pledges,
    survey,
)

__all__ = ["actions", "adoptions", "board_reports", "proposals", "staff_pledges", "survey"]
