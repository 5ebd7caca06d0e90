"""What is a person's own: on their page, and as a file to take away."""

from dataclasses import dataclass

from django.urls import reverse

from pledges.accounts.models import User
from pledges.accounts.personal_data import keepers
from pledges.certificates.models import Certificate
from pledges.pledging.balloons import Balloons
from pledges.pledging.models import Join, Like, Pledge
from pledges.reminders.models import Reminder
from pledges.stories.models import Story


@dataclass(frozen=True)
class Mine:
    """What a person made, joined and liked, told and was given, newest first."""

    made: list[Pledge]
    joined: list[Join]
    liked: list[Like]
    stories: list[Story]
    certificates: list[Certificate]
    balloons: Balloons | None

    @classmethod
    def of(cls, person: User) -> "Mine":
        related = ("pledge__theme", "pledge__organisation", "pledge__counts")
        joins = Join.objects.filter(person=person).select_related(*related)
        likes = Like.objects.filter(person=person).select_related(*related)
        made = Pledge.objects.filter(author=person).with_everything().newest_first()
        given = Certificate.objects.filter(person=person).select_related("pledge", "join")
        return cls(
            list(made),
            list(joins.order_by("-created_at")),
            list(likes.order_by("-created_at")),
            list(Story.objects.own(person).with_everything().newest_first()),
            list(given.order_by("-issued_at")),
            Balloons.of(person),
        )


def everything(person: User) -> dict[str, object]:
    """Return all that is kept of a person, ready for JSON; times are ISO 8601."""
    mine = Mine.of(person)
    found: dict[str, object] = {
        "account": {"email": person.email, "name": person.name, "since": person.joined_at},
        "pledges": [_made(pledge) for pledge in mine.made],
        "joined": [
            {
                "pledge": row.pledge_id,
                "text": row.text,
                "joined_at": row.created_at,
                "done_at": row.done_at,
            }
            for row in mine.joined
        ],
        "liked": [{"pledge": row.pledge_id, "liked_at": row.created_at} for row in mine.liked],
        "stories": [_told(story) for story in mine.stories],
        "certificates": [_given(certificate) for certificate in mine.certificates],
        "reminded": [
            {"pledge": row.pledge_id, "day": row.occasion, "sent_at": row.sent_at}
            for row in Reminder.objects.of(person)
        ],
        "shared_since": person.shared_at,
        "no_reminders_since": person.no_reminders_since,
    }
    for keeper in keepers():
        found.update(keeper.everything(person))
    return found


def _told(story: Story) -> dict[str, object]:
    return {
        "pledge": story.pledge_id,
        "text": story.text,
        "difference": story.difference,
        "picture": reverse("story-picture", args=[story.pk]) if story.picture_id else "",
        "picture_alt": story.picture_alt,
        "told_at": story.created_at,
        "held_at": story.held_at,
        "hidden_at": story.hidden_at,
    }


def _given(certificate: Certificate) -> dict[str, object]:
    return {
        "number": certificate.number,
        "pledge": certificate.pledge_id,
        "name": certificate.name,
        "done_on": certificate.done_on,
        "issued_at": certificate.issued_at,
        "withdrawn_at": certificate.withdrawn_at,
    }


def _made(pledge: Pledge) -> dict[str, object]:
    organisation = pledge.organisation
    return {
        "id": pledge.pk,
        "text": pledge.text,
        "theme": pledge.theme.slug,
        "who": Pledge.Who(pledge.who).name.lower(),
        "i_am": pledge.i_am and Pledge.IAm(pledge.i_am).name.lower(),
        "display_name": pledge.display_name,
        "team": pledge.team,
        "organisation": organisation and organisation.name,
        "show": Pledge.Show(pledge.show).name.lower(),
        "outcode": pledge.outcode,
        "region": pledge.region and pledge.region.name,
        "due": pledge.due,
        "created_at": pledge.created_at,
        "verified_at": pledge.verified_at,
        "shown_since": pledge.confirmed_at,
        "corrected_at": pledge.corrected_at,
        "done_at": pledge.done_at,
        "withdrawn_at": pledge.withdrawn_at,
        "hidden_at": pledge.hidden_at,
    }
