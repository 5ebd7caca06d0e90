"""What a process keeps of answers, and how to make it forget."""

from django.core.cache import caches

from geo.views.tiles import encoded
from hubs.conversation import matches
from hubs.conversation import totals as posts
from pledges import common, totals, words


def forget_all() -> None:
    """Forget every answer that is kept for the present state of the counts."""
    for kept in (encoded, totals._in_box, words._found, common.passing, common.numbers):
        kept.cache_clear()
    posts._matching.cache_clear()
    matches._read.cache_clear()
    for cache in caches.all():
        cache.clear()
