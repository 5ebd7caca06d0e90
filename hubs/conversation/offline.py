"""Posts that wait on a device until there is a network: whose they are."""

from django.utils.crypto import salted_hmac

from pledges.models import User


def owner(person: User | None) -> str:
    """Return a word that is one person's on every page, and tells nobody who; empty for nobody.

    What one person wrote without a network is never sent as another's, who signed in since.
    """
    return salted_hmac("conversation.offline", str(person.pk)).hexdigest()[:20] if person else ""
