"""What people write by about employers: see `tests.forms`."""

DESK = "employers/<str:code>/desk/"
FIELDS = (
    *("title", "description", "owner", "start", "due", "status", "pledges", "staff_groups"),
    *("sites", "baseline", "target", "measure", "step_1_title", "step_1_due", "good_practice"),
    *("pledge", "adopted_on", "lead", "statement", "on", "text", "value", "link", "then"),
    *("period", "summary"),
)
FORMS = {
    "employers/mails/": ("wanted",),
    "employers/survey/import/": ("year", "file"),
    "employers/survey/import/<int:pk>/": ("file",),
    "employers/survey/import/<int:pk>/<slug:verb>/": ("organisation", "finding", "value", "n"),
    f"{DESK}copy/": ("action",),
    f"{DESK}report/": ("period",),
    f"{DESK}new/<slug:kind>/": FIELDS,
    f"{DESK}actions/<int:pk>/<slug:kind>/": FIELDS,
    f"{DESK}public/<slug:kind>/<int:pk>/change/": FIELDS,
    f"{DESK}public/<slug:kind>/<int:pk>/remove/": (),
    f"{DESK}<int:pk>/edit/": FIELDS,
    f"{DESK}<int:pk>/decide/": ("act", "seen", "words"),
    f"{DESK}<int:pk>/<slug:verb>/": (),
}
SIGNED = {"employers/mails/off/<str:token>/": ("List-Unsubscribe",)}
