"""One spelling for names, so that what people type meets what the tables hold."""

import re
import unicodedata

APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"), "")
SAINT = re.compile(r"\bst\b")
# Letters that no decomposition takes apart.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "&": " and "})


def normalise(name: str) -> str:
    """Lower case, no accents or apostrophes, other marks as one space, `st` as `saint`.

    `Saint Davids`, `St. David’s` and `ST DAVIDS` are the same; `Ynys Môn` becomes `ynys mon`. A
    name in another script becomes an empty text.
    """
    lower = name.casefold().translate(APOSTROPHES).translate(PLAIN)
    letters = "".join(c for c in unicodedata.normalize("NFKD", lower) if not _is_accent(c))
    words = re.sub(r"[^a-z0-9]+", " ", letters).split()
    return SAINT.sub("saint", " ".join(words))


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) != 0
