"""A hub's own words."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from hubs.models import Hub


@transaction.atomic
def word_anew(hub: Hub, words: Mapping[str, str]) -> Hub:
    """Write what a team says of its hub; a file of hubs loaded later leaves it alone."""
    found = Hub.objects.select_for_update().get(pk=hub.pk)
    for name, value in words.items():
        setattr(found, name, value)
    found.edited_at = timezone.now()
    found.save(update_fields=[*words, "edited_at"])
    return found
