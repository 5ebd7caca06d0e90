"""What may go wrong when people take part, each with a sentence for them."""

from django.utils.translation import gettext as _

from geo.core.errors import GeoError


class ThemeClosed(GeoError):
    """Nobody posts in a theme before it opens or after it closed."""

    code = "theme-closed"

    def __init__(self) -> None:
        super().__init__(_("This theme is not open for posts. Choose another one."))


class PostClosed(GeoError):
    """What was closed with a result takes no more replies."""

    code = "post-closed"

    def __init__(self) -> None:
        super().__init__(_("This was closed with a result, and takes no more replies."))


class OwnPost(GeoError):
    """Nobody supports or follows what they wrote themselves."""

    code = "own-post"

    def __init__(self) -> None:
        super().__init__(_("This is your own. You hear of answers to it in any case."))


class TakenUp(GeoError):
    """Others answered or supported these words: they stay as they are."""

    code = "taken-up"

    def __init__(self) -> None:
        super().__init__(_("Others have taken part since, so the words stay as they are."))
