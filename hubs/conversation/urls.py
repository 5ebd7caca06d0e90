"""The addresses of the conversation."""

from django.urls import path

from hubs.conversation.answering import views as desk
from hubs.conversation.topics import views as sense
from hubs.conversation.views import feed, mine, participation, posting, thread

talk_urlpatterns = [
    path("", feed.home, name="talk"),
    path("themes/<slug:slug>/", feed.theme, name="talk-theme"),
    path("themes/<slug:slug>/terms/", sense.terms, name="talk-terms"),
    path("themes/<slug:slug>/report/", sense.of_theme, name="talk-report"),
    *(
        path(
            f"themes/<slug:slug>/report.{kind}",
            sense.of_theme,
            {"kind": kind},
            name=f"talk-report-{kind}",
        )
        for kind in sense.FILES
    ),
    path("posts/", feed.feed, name="talk-posts"),
    path("posts/list.atom", feed.atom, name="talk-feed"),
    path("posts/list.csv", feed.table, name="talk-table"),
    path("among.json", feed.among, name="talk-among"),
    path("map/", feed.on_map, name="talk-map"),
    path("spots/<int:morton>/", feed.spot, name="talk-spot"),
    path("new/", posting.new, name="talk-new"),
    path("similar.json", posting.suggest, name="talk-similar"),
    path("waits/", posting.waits, name="talk-waits"),
    path("posts/<int:pk>/", thread.post, name="talk-post"),
    path("posts/<int:pk>/popup/", thread.popup, name="talk-popup"),
    path("posts/<int:pk>/reply/", thread.write, name="talk-write"),
    path("posts/<int:pk>/reword/", participation.reword, name="talk-reword"),
    path("posts/<int:pk>/author/", desk.author_of_post, name="talk-author"),
    path("posts/<int:pk>/pledge/", participation.deed, name="talk-deed"),
    path("posts/<int:pk>/<slug:verb>/", participation.part, name="talk-part"),
    path("replies/<int:pk>/", thread.reply, name="talk-reply"),
    path("replies/<int:pk>/reword/", participation.reword_reply, name="talk-reword-reply"),
    path("replies/<int:pk>/withdraw/", participation.withdraw_reply, name="talk-withdraw-reply"),
    path("queue/", desk.queue, name="talk-queue"),
    path("queue/<int:pk>/", desk.desk, name="talk-desk"),
    path("replies/<int:pk>/author/", desk.author_of_reply, name="talk-author-of-reply"),
    path("mine/", mine.mine, name="talk-mine"),
    path("mails/", mine.mails, name="talk-mails"),
    path("mails/off/<str:token>/", mine.mails_off, name="talk-mails-off"),
]
