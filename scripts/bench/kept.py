"""What a process keeps of answers, and how to make it forget."""

from django.core.cache import caches

from geo.tiles.views import encoded
from hubs.conversation import totals as posts
from pledges import word_bitmaps
from pledges.counts import totals
from pledges.feed import search


def forget_all() -> None:
    """Forget every answer that is kept for the present state of the counts."""
    for kept in (encoded, totals._in_box, search.read, word_bitmaps.passing, word_bitmaps.numbers):
        kept.cache_clear()
    posts._matching.cache_clear()
    for cache in caches.all():
        cache.clear()
