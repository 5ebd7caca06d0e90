"""What in a text tells too much: telephone numbers, e-mail addresses, NHS numbers; and links.

Names are not looked for: a program cannot tell a patient's from a ward's. Readers report them.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import PhoneNumberMatcher
from stdnum.gb import nhs

LONGEST = 10_000  # characters looked at; every field of ours is shorter
FULL_OF_LINKS = 2
# Each part is bounded, so that no text can make the search long.
EMAIL = re.compile(
    r"[\w.+%'-]{1,64}\s?(?:@|[(\[]at[)\]])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.IGNORECASE
)
LINK = re.compile(
    r"\b(?:https?://|www\.)\S{1,2000}"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|uk|info|io|biz|shop|xyz|online|ly)\b"
    r"(?:/\S{0,2000})?",
    re.IGNORECASE,
)
TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[\s.-]{0,2}\d{3}[\s.-]{0,2}\d{4}(?!\d)")
# Also those that Ofcom keeps for films and examples, which the library rightly calls unused.
MOBILE = re.compile(r"(?<!\d)(?:\+44[\s.-]?(?:\(0\)[\s.-]?)?|0)7\d{3}(?:[\s.-]?\d){6}(?!\d)")
DASHES = str.maketrans("‐‑‒–—−", "------")


class What(TextChoices):
    TELEPHONE = "telephone", gettext_lazy("a telephone number")
    EMAIL = "email", gettext_lazy("an e-mail address")
    NHS = "nhs", gettext_lazy("an NHS number")
    LINK = "link", gettext_lazy("a link")


@dataclass(frozen=True)
class Found:
    """One thing in a text, as it is written there but for the width of its digits."""

    what: What
    text: str

    @property
    def label(self) -> str | Promise:
        return self.what.label


def find(text: str) -> list[Found]:
    """Return all that a text seems to hold. A number counts once, as the first of these it is."""
    left = _plain(text[:LONGEST])
    found: list[Found] = []
    for what, spans in (
        (What.EMAIL, _matches(EMAIL)),
        (What.LINK, _matches(LINK)),
        (What.NHS, _nhs_numbers),
        (What.TELEPHONE, _telephones),
        (What.TELEPHONE, _matches(MOBILE)),
    ):
        for start, end in spans(left):
            found.append(Found(what, left[start:end]))
            left = left[:start] + "\n" * (end - start) + left[end:]
    return found


def telling(text: str) -> list[Found]:
    """Return what tells how to reach somebody, or who they are to the NHS: all but links."""
    return [one for one in find(text) if one.what != What.LINK]


def full_of_links(text: str) -> bool:
    return sum(one.what == What.LINK for one in find(text)) >= FULL_OF_LINKS


def in_words(found: list[Found]) -> str:
    """Name what was found, each kind once: "a telephone number and an e-mail address"."""
    kinds = dict.fromkeys(str(one.label) for one in found)
    return get_text_list(list(kinds), _("and"))


def _plain(text: str) -> str:
    """Return the text with full-width digits made plain and invisible letters taken out."""
    composed = unicodedata.normalize("NFKC", text).translate(DASHES)
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf")


def _matches(pattern: re.Pattern[str]):
    return lambda text: [match.span() for match in pattern.finditer(text)]


def _nhs_numbers(text: str) -> list[tuple[int, int]]:
    """Ten digits whose last one checks the others, modulo 11: one in eleven of all such does."""
    spans = [match.span() for match in TEN_DIGITS.finditer(text)]
    digits = {span: re.sub(r"\D", "", text[slice(*span)]) for span in spans}
    # A leading nought is a telephone number's: the NHS gives out none.
    return [span for span in spans if digits[span][0] != "0" and nhs.is_valid(digits[span])]


def _telephones(text: str) -> list[tuple[int, int]]:
    return [(match.start, match.end) for match in PhoneNumberMatcher(text, "GB")]
