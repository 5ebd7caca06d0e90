"""The form of a new pledge, as people send it, and how they answer the mail."""

from pledges.accounts.confirmation import confirm
from pledges.accounts.models import Confirmation, User

TEXT = "I will bring tea to people without visitors."
EMAIL = "dora@example.org"


def filled(**changes: object) -> dict[str, object]:
    """Return a form that makes a pledge somewhere in SO14; None leaves a field out."""
    given = {
        "text": TEXT,
        "theme": "care",
        "i_am": 1,
        "display_name": "Dora",
        "who": 1,
        "postcode": "SO14 0AA",
        "show": 2,
        "email": EMAIL,
        "form_key": "6a2f1f0e-0e1c-4b53-9d0a-000000000001",
        "reviewed": "1",
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def answered(email: str = EMAIL) -> User:
    """The newest question to this address is answered."""
    return confirm(Confirmation.objects.filter(email=email).latest("pk"))
