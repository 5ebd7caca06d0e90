"""How much one person may write for employers, and one network may have printed."""

from django.http import HttpRequest

from pledges.limits import Limit, network, take
from pledges.models import User

PROPOSALS = Limit("proposals-from-person", 200, 3600)
# Each takes a second to draw; a classroom of recruits sits behind one network.
PAPERS = Limit("employer-papers-from-network", 60, 600)


def writing(who: User) -> None:
    """Count one more proposal. Raises TooMany."""
    take(PROPOSALS, str(who.pk))


def printing(request: HttpRequest) -> None:
    """Count one more paper for this network. Raises TooMany."""
    take(PAPERS, network(request))
