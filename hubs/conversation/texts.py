"""Text that people type, normalised, and posts that wait on a device until there is a network."""

import re
import unicodedata

from django.utils.crypto import salted_hmac

from pledges.accounts.models import User


def owner(person: User | None) -> str:
    """Return a word that is one person's on every page, and tells nobody who; empty for nobody.

    What one person wrote without a network is never sent as another's, who signed in since.
    """
    return salted_hmac("conversation.offline", str(person.pk)).hexdigest()[:20] if person else ""


MOST_MARKS = 3  # on one letter; scripts in use need no more, and a tower of them covers lines
# They turn the direction of what follows, on the page and in whatever it is copied into.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """Return the text without control letters, marks beyond reason and needless blank lines."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(TURNING)
    lines = (" ".join(_lean(line).split()) for line in text.split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The same on one line, for names and short texts."""
    return " ".join(tidy(text).split())


def says_something(text: str) -> bool:
    """Whether there is a letter, a digit or a sign to be read, and not marks and blanks alone."""
    return any(unicodedata.category(letter)[0] in "LNS" for letter in text)


def _lean(line: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in line:
        category = unicodedata.category(letter)
        if category in ("Cc", "Cs", "Co", "Cn") and letter != "\t":
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
