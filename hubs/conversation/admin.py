"""The conversation as operators see it: themes are worded here, posts only looked at and hidden.

Who is anonymous stands on no page here: an operator opens a safeguarding report for that.
"""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.base import Admin, register_the_rest
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Veil
from hubs.conversation.models.replies import Reply
from hubs.conversation.models.themes import Heard, Theme
from hubs.conversation.moderated import POST, REPLY
from pledges.pledging.admin import Moderated, Region, State


class HeardInline(admin.TabularInline):
    model = Heard
    extra = 0


@admin.register(Theme)
class ThemeAdmin(Admin):
    list_display = ["name", "number", "slug", "opens", "closes", "position"]
    search_fields = ["name__icontains", "slug"]
    search_help_text = _("Part of a name")
    ordering = ["position", "number"]
    inlines = [HeardInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Theme | None = None) -> list[str]:
        # The number is the theme's place in the counts; the slug stands in addresses.
        return ["number", "slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Theme | None = None) -> bool:
        return False


class Written(Moderated):
    # Whoever wrote something is for its own page to say, as they signed it.
    exclude = ["author", "morton", "facet", "words"]
    ordering = ["-id"]


@admin.register(Post)
class PostAdmin(Written):
    kind = POST
    list_display = ["id", "__str__", "theme", "kind_of_post", "signed", "created_at", "public"]
    list_filter = [State, "theme", "kind", "signed", Region, "demo"]
    list_select_related = ["theme"]
    search_fields = ["words"]
    search_help_text = _("Words of the post, or its number")

    @admin.display(description=_("Kind"), ordering="kind")
    def kind_of_post(self, post: Post) -> str:
        return post.get_kind_display()

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        """By number or full text, each of which an index answers."""
        asked = search_term.strip()
        if not asked:
            return queryset, False
        if asked.isdecimal() and len(asked) < len(str(2**63)):
            return queryset.filter(pk=int(asked)), False
        return queryset.matching(asked), False


@admin.register(Reply)
class ReplyAdmin(Written):
    kind = REPLY
    list_display = ["id", "__str__", "post", "signed", "voice", "created_at", "public"]
    list_filter = [State, "signed", "voice", "demo"]
    list_select_related = ["post"]
    search_fields = ["text__icontains"]
    search_help_text = _("Words of the reply")


register_the_rest("conversation", without=(Veil,))
