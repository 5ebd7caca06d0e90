"""Build bitmaps of whole traits from all pledges, which are read once, a block after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from geo.loaders import binary_copy
from pledges.word_bitmaps.models import BLOCK, Trait

Facet = Trait.Facet
SEPARATOR, MARK = "\x01", "\x02"  # no word has them
TOKENS = f"""
select id, concat_ws(chr(1), {Facet.THEME:d} || chr(2) || theme_id, {Facet.WHO:d} || chr(2) || who,
    {Facet.I_AM:d} || chr(2) || coalesce(i_am, 0), {Facet.DONE:d} || chr(2) || done::int,
    {Facet.SHOW:d} || chr(2) || show, {Facet.PUBLIC:d} || chr(2),
    {Facet.REGION:d} || chr(2) || coalesce(region_id, 0),
    array_to_string(tsvector_to_array(words), chr(1)))
from pledges_pledge where public order by id"""  # noqa: S608 - constants
# A bit string as COPY writes it.
BITS = np.dtype([("length", ">i4"), ("bits", "u1", BLOCK // 8)])
Bitmaps = dict[tuple[int, int], bytes]  # trait and block -> bits, the lowest number first


def build(cursor, traits: Iterable[Trait]) -> Bitmaps:
    """Return the bitmaps of traits, but for those without a pledge."""
    blocks = _Blocks(list(traits))
    cursor.copy_expert(f"copy ({TOKENS}) to stdout", blocks)
    blocks.flush()
    return dict(sorted(blocks.found.items()))


def write(cursor, bitmaps: Bitmaps) -> None:
    """Add bitmaps to the table, in which there is none of their traits yet."""
    bits = np.zeros(len(bitmaps), BITS)
    bits["length"] = BLOCK
    for place, value in enumerate(bitmaps.values()):
        bits["bits"][place] = np.frombuffer(value, np.uint8)
    keys = np.array(list(bitmaps), np.int64).reshape(-1, 2)
    rows = binary_copy.rows(keys[:, 0].astype(">i8"), keys[:, 1].astype(">i4"), bits)
    content = binary_copy.Chunks([binary_copy.HEADER, *rows, binary_copy.TRAILER])
    binary_copy.copy("pledges_traitbits", ["trait_id", "block", "bits"], content, new=False)


def stored(cursor) -> Bitmaps:
    """Return all bitmaps of the table that have a bit."""
    cursor.execute(
        "select trait_id, block, bit_send(bits) from pledges_traitbits where bit_count(bits) > 0"
    )
    # The first four bytes say how many bits there are.
    return {(trait, block): bytes(bits[4:]) for trait, block, bits in cursor.fetchall()}


@dataclass
class _Blocks:
    """Takes COPY's lines of pledges in the order of their numbers, and sets their bits."""

    traits: list[Trait]
    found: Bitmaps = field(default_factory=dict)
    block: int = -1
    rows: list[int] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = {_token(trait).encode(): place for place, trait in enumerate(self.traits)}
        self.keys = [trait.pk for trait in self.traits]

    def write(self, line: bytes) -> None:
        number, tokens = line[:-1].split(b"\t", 1)
        key, places = int(number), self.places
        if key // BLOCK != self.block:
            self.flush()
            self.block = key // BLOCK
        has = [places[token] for token in tokens.split(b"\x01") if token in places]
        self.rows += has
        self.bits += [key % BLOCK] * len(has)

    def flush(self) -> None:
        made = np.zeros((len(self.traits), BLOCK), bool)
        made[self.rows, self.bits] = True
        for row in np.flatnonzero(made.any(axis=1)):
            self.found[self.keys[row], self.block] = np.packbits(made[row]).tobytes()
        self.rows, self.bits = [], []


def _token(trait: Trait) -> str:
    return trait.value if trait.facet == Facet.WORD else f"{trait.facet}{MARK}{trait.value}"
