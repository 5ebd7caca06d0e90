"""Text stored in English and in Welsh."""

from django.utils.translation import get_language


def local(english: str, welsh: str) -> str:
    """Return the text in the reader's language; English where there is no Welsh."""
    return welsh if welsh and (get_language() or "").startswith("cy") else english


class LocalName:
    """For models with `name` and `name_cy`."""

    name: str
    name_cy: str

    @property
    def local_name(self) -> str:
        return local(self.name, self.name_cy)
