"""How somebody stands to a pledge, and how it is handed on."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledges.accounts.models import User
from pledges.pledging.models import Join, Like, Pledge


@dataclass(frozen=True)
class Standing:
    """What a person has done with a pledge; nothing for somebody who is not signed in."""

    signed_in: bool = False
    own: bool = False
    liked: bool = False
    joined: bool = False
    part_done: bool = False

    @classmethod
    def of(cls, pledge: Pledge, person: User | None) -> Self:
        if person is None:
            return cls()
        if pledge.author_id == person.pk:
            return cls(signed_in=True, own=True)
        part = Join.objects.filter(pledge=pledge, person=person).first()
        return cls(
            signed_in=True,
            liked=Like.objects.filter(pledge=pledge, person=person).exists(),
            joined=part is not None,
            part_done=bool(part and part.done_at),
        )


@dataclass(frozen=True)
class Share:
    """The one address of a pledge, and plain links that hand it on: (name, address)."""

    address: str
    links: tuple[tuple[str | Promise, str], ...]

    @classmethod
    def of(cls, pledge: Pledge) -> Self:
        # From the setting: a Host header is anybody's word.
        address = settings.SITE_URL + reverse("pledge", args=[pledge.pk])
        both = f"{pledge.text} {address}"
        mail = urlencode({"subject": str(_("A pledge")), "body": both}, quote_via=quote)
        linked_in = "https://www.linkedin.com/sharing/share-offsite/"
        return cls(
            address,
            (
                (_("E-mail"), f"mailto:?{mail}"),
                ("WhatsApp", f"https://wa.me/?{urlencode({'text': both})}"),
                ("Bluesky", f"https://bsky.app/intent/compose?{urlencode({'text': both})}"),
                ("Facebook", f"https://www.facebook.com/sharer.php?{urlencode({'u': address})}"),
                ("LinkedIn", f"{linked_in}?{urlencode({'url': address})}"),
            ),
        )
