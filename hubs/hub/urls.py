"""Addresses of hubs and of resources."""

from django.urls import URLPattern, path

from hubs.hub.views import hubs, inbox, team, writing
from hubs.resources.views import editing, library

OF_TEAM = "<slug:slug>/team/"


def _of_team(at: str, name: str) -> list[URLPattern]:
    """The pages on which resources are looked after."""
    return [
        path(at, editing.listed, name=f"{name}-list"),
        path(f"{at}new/", editing.new, name=f"{name}-new"),
        path(f"{at}<int:pk>/", editing.edit, name=f"{name}-edit"),
        path(f"{at}<int:pk>/file/", editing.file, name=f"{name}-file"),
        path(f"{at}<int:pk>/<slug:verb>/", editing.act, name=f"{name}-act"),
    ]


hub_urlpatterns = [
    path("", hubs.index, name="hubs"),
    path("<slug:slug>/", hubs.hub, name="hub"),
    path("<slug:slug>/write/", writing.write, name="hub-write"),
    path("<slug:slug>/written/", writing.written, name="hub-written"),
    path(OF_TEAM, team.team, name="hub-team"),
    path(f"{OF_TEAM}words/", team.words, name="hub-words"),
    path(f"{OF_TEAM}messages/", inbox.inbox, name="hub-inbox"),
    path(f"{OF_TEAM}messages/<int:pk>/", inbox.message, name="hub-message"),
    path(f"{OF_TEAM}messages/<int:pk>/aside/", inbox.put_aside, name="hub-aside"),
    path(f"{OF_TEAM}members/", team.members, name="hub-members"),
    path(f"{OF_TEAM}members/<int:pk>/remove/", team.remove, name="hub-remove"),
    path(f"{OF_TEAM}invitations/<int:pk>/revoke/", team.revoke, name="hub-revoke"),
    *_of_team(f"{OF_TEAM}resources/", "hub-resources"),
]
resource_urlpatterns = [
    path("", library.library, name="resources"),
    path("<int:pk>/", library.resource, name="resource"),
    path("<int:pk>/file/", library.file, name="resource-file"),
    path("<int:pk>/link/", library.follow, name="resource-link"),
    *_of_team("team/", "resources"),
]
