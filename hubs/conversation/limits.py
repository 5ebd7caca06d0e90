"""How often one person, or one network, may take part in the conversation."""

from django.http import HttpRequest

from pledges.limits import MAILS_FROM_NETWORK, Limit, network, take
from pledges.models import User

# Nobody writes more than this by hand; whole hospitals sit behind one network.
POSTS = Limit("posts-from-person", 20, 3600)
REPLIES = Limit("replies-from-person", 60, 3600)
PARTS = Limit("parts-from-person", 600, 3600)
FROM_NETWORK = Limit("conversation-from-network", 3000, 3600)


def writing(request: HttpRequest, who: User | None, limit: Limit) -> None:
    """Count one more text of a person, or of a stranger's network. Raises TooMany."""
    take(FROM_NETWORK, network(request))
    if who:
        take(limit, str(who.pk))
    else:
        take(MAILS_FROM_NETWORK, network(request))
