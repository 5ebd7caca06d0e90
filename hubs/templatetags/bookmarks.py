"""Whether the reader of a page has bookmarked its object: a query only where the button is."""

from django import template
from django.template import Context

from hubs.following import bookmarks

register = template.Library()


@register.simple_tag(takes_context=True)
def is_bookmarked(context: Context, button: bookmarks.BookmarkButton) -> bool:
    person = context["user"]
    return person.is_authenticated and bookmarks.is_bookmarked(person, button.row)
