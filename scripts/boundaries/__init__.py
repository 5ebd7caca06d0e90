"""Derives the shipped areas and base layer from public packages.

Nothing in this package knows of Django: it runs in a virtual environment of its own, with the
heavier libraries that the application itself has no use for. `python3 -m
scripts.boundaries.environment` makes that environment and runs the build in it.
"""
