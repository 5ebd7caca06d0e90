"""The addresses of My Changemap, and of what people say of things."""

from django.urls import path

from hubs.mine.views import keeping, saying, topics

my_urlpatterns = [
    path("mine/changemap/", topics.my_changemap, name="my-changemap"),
    path("mine/changemap/topics/", topics.topics, name="my-topics"),
    path("mine/changemap/bookmarks/", keeping.listed, name="my-bookmarks"),
    path("mine/changemap/bookmarks/<slug:slug>/<int:pk>/", keeping.bookmark, name="bookmark"),
    path("mine/comments/<int:pk>/", saying.my_comment, name="my-comment"),
    path("ratings/<slug:slug>/<int:pk>/", saying.say, name="rate"),
    path("newsletter/off/<str:token>/", topics.newsletter_off, name="newsletter-off"),
]
