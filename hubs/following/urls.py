"""Addresses of My Changemap, and of ratings and comments."""

from django.urls import path

from hubs.following.views import bookmarks, comments, topics

my_urlpatterns = [
    path("mine/changemap/", topics.my_changemap, name="my-changemap"),
    path("mine/changemap/topics/", topics.topics, name="my-topics"),
    path("mine/changemap/bookmarks/", bookmarks.listed, name="my-bookmarks"),
    path("mine/changemap/bookmarks/<slug:slug>/<int:pk>/", bookmarks.bookmark, name="bookmark"),
    path("mine/comments/<int:pk>/", comments.my_comment, name="my-comment"),
    path("ratings/<slug:slug>/<int:pk>/", comments.rate, name="rate"),
    path("newsletter/off/<str:token>/", topics.newsletter_off, name="newsletter-off"),
]
