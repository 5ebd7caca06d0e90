"""What people write by: the addresses that take a POST, with the names of their fields."""

from tests.hubs.events import forms as events
from tests.pledges.employers import forms as employers

# Searches without scripts, which are posted to stay out of addresses.
SEARCHES = ("", "pledges/", "hubs/", "talk/posts/")
# What people write by: each refuses what comes without the token of its own page.
FORMS = {
    "accounts/login/": ("email", "next"),
    "accounts/login/code/": ("code", "action"),
    "accounts/logout/": ("next",),
    **dict.fromkeys(("check/", "check/<str:number>/"), ("number", "name")),
    "confirm/": ("email", "code"),
    "confirm/<str:token>/": (),
    "decisions/<str:token>/": ("answer",),
    "messages/<int:pk>/": ("text", "warned", "block"),
    "mine/decisions/<int:pk>/": ("answer",),
    "mine/changemap/bookmarks/<slug:slug>/<int:pk>/": ("kept", "list"),
    "mine/changemap/topics/": ("pledge_themes", "talk_themes", "area", "newsletter"),
    "mine/comments/<int:pk>/": ("text", "display_name", "remove"),
    "mine/delete/": ("pledges",),
    **{f"accounts/2fa/{name}/": ("code", "next") for name in ("authenticate", "reauthenticate")},
    **{f"accounts/2fa/totp/{name}/": ("code",) for name in ("activate", "deactivate")},
    "accounts/2fa/recovery-codes/generate/": (),
    **employers.FORMS,
    **events.FORMS,
    "hubs/<slug:slug>/write/": ("text", "name", "email", "form_key", "subject"),
    **{
        f"hubs/<slug:slug>/team/{name}": fields
        for name, fields in {
            "words/": ("name", "about", "email", "website"),
            "messages/<int:pk>/": ("text", "form_key"),
            "messages/<int:pk>/aside/": (),
            "members/": ("email",),
            "members/<int:pk>/remove/": (),
            "invitations/<int:pk>/revoke/": (),
        }.items()
    },
    **{
        f"{team}{name}": fields
        for team in ("hubs/<slug:slug>/team/resources/", "resources/team/")
        for name, fields in {
            "new/": ("title", "kind", "link", "file"),
            "<int:pk>/": ("title", "kind", "link", "file"),
            "<int:pk>/<slug:verb>/": (),
        }.items()
    },
    "moderation/<int:pk>/": ("outcome", "ground", "words", "seen"),
    "mine/reminders/": ("wanted",),
    "ratings/<slug:slug>/<int:pk>/": ("stars", "text", "display_name", "form_key", "undo"),
    "pledges/new/": (
        *("text", "theme", "i_am", "who", "team", "organisation", "chosen", "postcode"),
        *("show", "due", "form_key", "email", "display_name", "not_listed", "contactable"),
    ),
    "pledges/similar.json": ("text", "postcode", "lat", "lon", "organisation"),
    "pledges/here.json": ("lat", "lon"),
    "pledges/<int:pk>/correct/": ("text",),
    "pledges/<int:pk>/approval/": ("email",),
    "pledges/<int:pk>/certificate/": ("name",),
    "pledges/<int:pk>/contact/": ("text", "warned"),
    "pledges/<int:pk>/shared/": ("next",),
    "pledges/<int:pk>/story/": ("text", "difference", "picture_alt", "without_picture"),
    "pledges/<int:pk>/<slug:verb>/": ("email", "next"),
    "report/<slug:slug>/<int:pk>/": ("reason", "words", "website"),
    "reminders/<str:token>/": ("reminder", "undo"),
    "stories/<int:pk>/remove/": ("next",),
    "talk/mails/": ("wanted",),
    "talk/new/": (
        *("text", "kind", "theme", "signed", "display_name", "role", "works_in_care"),
        *("organisation", "chosen", "postcode", "show", "email", "form_key"),
    ),
    "talk/posts/<int:pk>/<slug:verb>/": ("email",),
    "talk/posts/<int:pk>/author/": ("ground", "words"),
    "talk/posts/<int:pk>/pledge/": ("pledge", "undo"),
    "talk/posts/<int:pk>/reply/": (
        *("text", "signed", "display_name", "role", "email", "parent", "form_key"),
    ),
    "talk/posts/<int:pk>/reword/": ("text",),
    "talk/queue/<int:pk>/": ("act", "to", "text", "voice", "result", "into"),
    "talk/replies/<int:pk>/author/": ("ground", "words"),
    "talk/replies/<int:pk>/reword/": ("text",),
    "talk/replies/<int:pk>/withdraw/": (),
    "talk/similar.json": ("text", "theme"),
    "words/check.json": ("text",),
}
# What a mail program posts for its reader, proved by the signed link alone.
SIGNED = {
    "newsletter/off/<str:token>/": ("List-Unsubscribe",),
    **employers.SIGNED,
    "reminders/off/<str:token>/": ("List-Unsubscribe",),
    "talk/mails/off/<str:token>/": ("List-Unsubscribe",),
}
