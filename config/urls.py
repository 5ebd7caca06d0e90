"""The table of contents."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

from config import health
from geo.basemap.views import base
from geo.geocoding.urls import geocode_urlpatterns
from geo.ogcapi.views import Landing
from geo.tiles.views import tile
from hubs.conversation.urls import talk_urlpatterns
from hubs.dashboards.urls import dashboard_urlpatterns
from hubs.events.urls import event_urlpatterns
from hubs.following.urls import my_urlpatterns
from hubs.hub.urls import hub_urlpatterns, resource_urlpatterns
from hubs.hub.views.api import nearest_hub
from pledges.accounts.views import confirmation, mine
from pledges.accounts.views.second_factor import second_factor_urlpatterns
from pledges.accounts.views.sign_in import account_urlpatterns
from pledges.certificates import views as certificates
from pledges.employers.urls import employer_urlpatterns
from pledges.map import views as map_views
from pledges.map import views as summary
from pledges.moderation.urls import moderation_urlpatterns
from pledges.notifications import views as outbox
from pledges.organisations import views as organisations
from pledges.pages import installed_app
from pledges.pages import views as pages
from pledges.pledging.views import making, pledges, sharing, support
from pledges.pledging.views import sharing as pictures
from pledges.reminders import views as reminders
from pledges.stories import views as stories
from pledges.wall import views as wall

handler400 = "config.errors.bad_request"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.json", tile, name="tile"),
    path(
        "tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt",
        tile,
        {"form": "mvt"},
        name="vector-tile",
    ),
    path("base/<slug:name>.json", base, name="base"),
    path("api", Landing.as_view()),
    path("api/nearest-hub", nearest_hub, name="nearest-hub"),
    path("api/", include(geocode_urlpatterns)),
    path("api/", include("geo.ogcapi.urls")),
    path("", map_views.map_page, name="map"),
    path("map/list/", map_views.in_view, name="map-list"),
    path("map/summary.json", summary.numbers, name="summary"),
    path("off-map/", map_views.off_map, name="off-map"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("data/", pages.data, name="data"),
    path("privacy/", pages.privacy, name="privacy"),
    path("terms/", pages.terms, name="terms"),
    path("picture.png", pictures.site, name="picture"),
    path("manifest.webmanifest", installed_app.manifest, name="manifest"),
    path("worker.js", installed_app.worker, name="worker"),
    path("offline/", installed_app.offline, name="offline"),
    path(
        "words.js",
        JavaScriptCatalog.as_view(packages=["geo", "pledges", "hubs.conversation", "hubs"]),
        name="words",
    ),
    path("", include(moderation_urlpatterns)),
    path("pledges/", wall.wall, name="wall"),
    path("pledges/among.json", wall.among, name="among"),
    path("pledges/list.csv", wall.table, name="wall-table"),
    path("pledges/list.atom", wall.feed, name="wall-feed"),
    path("pledges/<int:pk>/", pledges.pledge, name="pledge"),
    path("pledges/new/", making.make, name="make"),
    path("pledges/similar.json", making.suggest_similar, name="similar"),
    path("pledges/here.json", making.here, name="here"),
    path("pledges/<int:pk>/picture.png", pictures.pledge, name="pledge-picture"),
    path("pledges/<int:pk>/qr.svg", support.qr, name="qr"),
    path("pledges/<int:pk>/correct/", support.correct, name="correct"),
    path("pledges/<int:pk>/approval/", support.approval, name="approval"),
    path("pledges/<int:pk>/popup/", pledges.popup, name="pledge-popup"),
    path("pledges/<int:pk>/shared/", sharing.used, name="shared"),
    path("pledges/<int:pk>/story/", stories.tell, name="tell"),
    path("pledges/<int:pk>/certificate/", certificates.certify, name="certify"),
    path("pledges/<int:pk>/<slug:verb>/", support.support, name="support"),
    path("employers/", include(employer_urlpatterns)),
    path("talk/", include(talk_urlpatterns)),
    path("events/", include(event_urlpatterns)),
    path("hubs/", include(hub_urlpatterns)),
    path("resources/", include(resource_urlpatterns)),
    path("spots/<int:morton>/", pledges.spot, name="spot"),
    path("accounts/", include(account_urlpatterns)),
    path("accounts/2fa/", include(second_factor_urlpatterns)),
    path("admin/", admin.site.urls),
    path("confirm/", confirmation.by_code, name="confirm"),
    path("confirm/done/", confirmation.done, name="confirm-done"),
    path("confirm/<str:token>/", confirmation.by_link, name="confirm-link"),
    path("stories/", stories.listed, name="stories"),
    path("stories/<int:pk>/", stories.story, name="story"),
    path("stories/<int:pk>/picture/", stories.picture, name="story-picture"),
    path("stories/<int:pk>/remove/", stories.remove, name="remove-story"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/certificate.pdf", certificates.paper, name="paper"),
    path("check/", certificates.check_page, name="check"),
    path("check/<str:number>/", certificates.check_page, name="check-number"),
    path("reminders/off/<str:token>/", reminders.off, name="reminders-off"),
    path("reminders/<str:token>/", reminders.done, name="reminder"),
    path("mine/reminders/", reminders.setting, name="my-reminders"),
    path("demo/outbox/", outbox.demo_outbox, name="outbox"),
    path("mine/", mine.mine, name="mine"),
    path("mine/data.json", mine.data, name="my-data"),
    path("mine/delete/", mine.delete, name="delete-account"),
    path("", include(my_urlpatterns)),
    path("", include(dashboard_urlpatterns)),
    path("organisations/suggest.json", organisations.suggest, name="suggest"),
    path(
        "organisations/<str:code>/",
        organisations.organisation,
        name="organisation",
    ),
]
