"""Common words counted by bits kept of them, without reading a pledge."""

from pledges.common.asking import keys, matching, numbers

__all__ = ["keys", "matching", "numbers"]
