"""Bring organisations, themes and Change Days into the tables: all of a file or nothing of it."""
