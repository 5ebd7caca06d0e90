"""Personal data of interests, bookmarks, ratings and comments."""

from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from hubs.following.models import Bookmark, Comment, Interests, Rating
from pledges.accounts.models import User
from pledges.accounts.personal_data import Keeper, Shelf

SHOWN = 20  # comments on the page "Mine"


class MyChangemap(Keeper):
    """Topics and an area, bookmarks, ratings, comments."""

    def shelf(self, person: User) -> Shelf:
        comments = Comment.objects.filter(author=person).newest_first()[:SHOWN]
        return Shelf(_("My Changemap"), "hubs/following/mine.html", list(comments))

    def everything(self, person: User) -> Mapping[str, object]:
        chosen = Interests.objects.filter(person=person).first()
        return {
            "interests": chosen and _interests(chosen),
            "bookmarks": [
                {**_subject(row), "kept_at": row.created_at}
                for row in Bookmark.objects.filter(person=person).newest_first()
            ],
            "ratings": [
                {**_subject(row), "stars": row.stars, "rated_at": row.changed_at}
                for row in Rating.objects.filter(person=person).order_by("pk")
            ],
            "comments": [
                {
                    **_subject(row),
                    "text": row.text,
                    "display_name": row.display_name,
                    "written_at": row.created_at,
                    "held_at": row.held_at,
                    "hidden_at": row.hidden_at,
                }
                for row in Comment.objects.filter(author=person).newest_first()
            ],
        }

    def leave(self, person: User, *, keep: bool) -> None:
        for model in (Interests, Bookmark, Rating):
            model.objects.filter(person=person).delete()
        comments = Comment.objects.filter(author=person)
        if keep:
            comments.update(author=None, display_name="")
        else:
            comments.delete()


def remove_orphans() -> None:
    """Delete ratings of, and comments on, objects that are deleted."""
    for model in (Rating, Comment):
        kinds = model.objects.order_by().values_list("content_type", flat=True).distinct()
        for kind in ContentType.objects.filter(pk__in=kinds):
            about = kind.model_class()
            rows = model.objects.filter(content_type=kind)
            if about is not None:
                there = about._base_manager.filter(pk=OuterRef("object_id"))
                rows = rows.filter(~Exists(there))
            rows.delete()


def _subject(row: Bookmark | Rating | Comment) -> dict[str, object]:
    return {"kind": row.content_type.model, "id": row.object_id}


def _interests(chosen: Interests) -> dict[str, object]:
    return {
        "pledge_themes": [theme.slug for theme in chosen.pledge_themes.all()],
        "conversation_themes": [theme.slug for theme in chosen.talk_themes.all()],
        "area": chosen.area and chosen.area.code,
        "newsletter_since": chosen.newsletter_since,
        "told_until": chosen.told_until,
    }
