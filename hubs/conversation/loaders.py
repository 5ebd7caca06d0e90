"""Load the themes of the conversation from JSON: data that an operator may change, not code."""

from pathlib import Path

from django.conf import settings

from geo.loaders.datasets import Report
from hubs.conversation.models.themes import Theme
from pledges.organisations.loaders.reference import load_themes

THEMES = Path(settings.BASE_DIR) / "fixtures" / "conversation_themes.json"


def load(report: Report, path: Path = THEMES, *, force: bool = False) -> bool:
    """Add or update the file's themes by number; False if this same file was loaded last."""
    return load_themes(report, path, force=force, model=Theme, name="themes of the conversation")
