"""Common words counted by bits kept of them, without reading a pledge."""

from pledges.word_bitmaps.query import keys, matching, numbers, passing, told

__all__ = ["keys", "matching", "numbers", "passing", "told"]
