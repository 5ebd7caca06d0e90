"""Keeping it decent, one mechanism for all that people write: see `kinds` for how to join in."""
