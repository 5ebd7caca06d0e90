"""The words that pledges are written in."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """A word in public pledges, kept so that a misspelt one can be told from those spelled so."""

    word = models.CharField(max_length=30, primary_key=True)
    uses = models.IntegerField()

    class Meta:
        verbose_name = _("word of pledges")
        verbose_name_plural = _("words of pledges")
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="pledges_word_trigrams")
        ]

    def __str__(self) -> str:
        return self.word
