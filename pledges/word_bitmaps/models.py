"""Bits of what many pledges have in common: words, and the values that filters ask for.

A common word has tens of thousands of matches, and to count them their rows would be read one by
one. Kept as a bit a pledge they are counted 4,096 at a time. The worker keeps them: see
`pledges.word_bitmaps.store`.
"""

from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

BLOCK = 4096  # pledges whose bits are a row


class Bits(models.Field):
    """A bit for each pledge of a block, the lowest number first."""

    def db_type(self, connection) -> str:
        return f"bit({BLOCK})"


class Trait(models.Model):
    """Something that a public pledge has or has not: a word or, for a facet, one of its values."""

    class Facet(IntEnum):
        WORD = 0  # value: a lexeme, as PostgreSQL's English dictionary makes it
        THEME = 1
        WHO = 2
        I_AM = 3  # 0: not said
        DONE = 4  # 1: done
        SHOW = 5
        PUBLIC = 6  # value: nothing; every pledge that counts has it
        REGION = 7  # value: the region's key, 0 for none

    facet = models.SmallIntegerField()
    value = models.TextField(db_collation="C")

    class Meta:
        verbose_name = _("common trait")
        verbose_name_plural = _("common traits")
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="pledges_trait_once")
        ]

    def __str__(self) -> str:
        return f"{self.Facet(self.facet).name} {self.value}"


class TraitBits(models.Model):
    """The public pledges of a block that have the trait. A block is the pledges' numbers / 4096."""

    pk = models.CompositePrimaryKey("trait", "block")
    trait = models.ForeignKey(Trait, models.CASCADE, db_index=False)
    block = models.IntegerField()
    bits = Bits()

    class Meta:
        verbose_name = _("bits of a trait")
        verbose_name_plural = _("bits of traits")
        # The key finds the blocks of a trait, for who counts; this the traits of a block, to write.
        indexes = [models.Index(fields=["block"], name="pledges_traitbits_block")]

    def __str__(self) -> str:
        return f"{self.trait_id} in block {self.block}"


class Touched(models.Model):
    """A pledge written since the bits were: the queue of `pledges.word_bitmaps.store`."""

    pledge = models.BigIntegerField()

    class Meta:
        verbose_name = _("pledge to be written into bits")
        verbose_name_plural = _("pledges to be written into bits")

    def __str__(self) -> str:
        return str(self.pledge)
