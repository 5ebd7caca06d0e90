"""The forms of events: each route that people write by, and its fields."""

EVENT = (
    *("title", "kind", "hub", "description", "day", "start", "which_start", "last_day", "end"),
    *("which_end", "opens_at", "closes_at", "where", "place", "found_by", "join_link", "capacity"),
    *("question_1", "choices_1", "required_1"),
)
OF_EVENT = {
    "register/": ("name", "email", "website"),
    "edit/": EVENT,
    "run/": ("kind", "title", "address", "drop"),
    "posts/": ("post", "drop"),
    "message/": ("to", "subject", "text"),
    "people/": ("who", "here"),
    "check-in/": ("code",),
    "run/<slug:verb>/": (),
}
FORMS: dict[str, tuple[str, ...]] = {
    **{f"events/<slug:slug>/{name}": fields for name, fields in OF_EVENT.items()},
    "events/for-post/<int:pk>/": ("event", "drop"),
    "events/new/": EVENT,
    "events/place/<str:token>/": (),
}
