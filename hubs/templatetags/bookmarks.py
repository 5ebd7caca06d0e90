"""Whether the person who reads a page keeps what it is about; asked only where the button is."""

from django import template
from django.template import Context

from hubs.following.bookmarks import Mark, is_kept

register = template.Library()


@register.simple_tag(takes_context=True)
def is_bookmarked(context: Context, mark: Mark) -> bool:
    person = context["user"]
    return person.is_authenticated and is_kept(person, mark.row)
