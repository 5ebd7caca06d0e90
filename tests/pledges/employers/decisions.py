"""Who may ask for what of employers: see `tests.decisions`."""

from tests.roles import ROLES, STRANGER
from tests.rules import NO, OPERATOR, YES, Rule, everyone, nothing, only, second_factor, signed_in

WRITERS = ("approver", "editor", OPERATOR)
DESK = "employers/<str:code>/desk/"
REPORTS = "employers/<str:code>/report/"
EDITION = f"{REPORTS}<slug:period>/<int:edition>/"


def desk(**more: str) -> Rule:
    """For those who write for the hospital; whoever needs a second factor has shown it."""
    return second_factor(*WRITERS, **more)


DECISIONS: dict[str, Rule | list[Rule]] = {
    "employers/pledges/": everyone(),
    "employers/pledges/<slug:slug>/": everyone(about="staff pledge"),
    "employers/actions/<int:pk>/": everyone(about="employer action"),
    "employers/evidence/<int:pk>/file/": everyone(about="evidence"),
    "employers/practice/": everyone(),
    "employers/mine/": only(*WRITERS),
    "employers/mails/": signed_in(),
    "employers/mails/off/<str:token>/": nothing(),
    "employers/": everyone(),
    "employers/matrix.csv": everyone(),
    "employers/overview/": everyone(),
    "employers/story/<str:code>/<slug:slug>/": everyone(about="staff pledge"),
    # The figures measure employers, so none of them writes its own.
    "employers/survey/import/": second_factor(OPERATOR),
    "employers/survey/import/<int:pk>/": second_factor(OPERATOR, about="survey import"),
    "employers/survey/import/<int:pk>/<slug:verb>/": [
        second_factor(OPERATOR, about="survey import", verb=verb)
        for verb in ("columns", "import", "drop")
    ],
    "employers/<str:code>/": everyone(),
    "employers/<str:code>/induction/": [everyone(), nothing(code="cottage-society")],
    # Drawn each time, which takes seconds: one role tells of all.
    "employers/<str:code>/induction.pdf": Rule(dict.fromkeys(ROLES, YES), asked=(STRANGER,)),
    REPORTS: everyone(),
    f"{REPORTS}<slug:period>/": everyone(),
    **{f"{EDITION}{file}": everyone() for file in ("", "report.csv")},
    f"{EDITION}report.pdf": Rule(dict.fromkeys(ROLES, YES), asked=(STRANGER,)),
    DESK: [
        desk(),
        # Who writes for one employer writes for no other.
        Rule({"approver": NO, "editor": NO}, "pledge", {"code": "RXB"}, ("approver", "editor")),
    ],
    f"{DESK}history/": desk(),
    f"{DESK}copy/": desk(about="employer action"),
    f"{DESK}report/": desk(),
    **{
        f"{DESK}<int:pk>/{file}": desk(about="draft report")
        for file in ("report/", "report.csv", "report.pdf")
    },
    f"{DESK}new/<slug:kind>/": [desk(kind=kind) for kind in ("adoption", "values", "action")],
    f"{DESK}actions/<int:pk>/<slug:kind>/": [
        desk(about="employer action", kind=kind) for kind in ("update", "evidence")
    ],
    f"{DESK}public/<slug:kind>/<int:pk>/change/": desk(about="employer action", kind="action"),
    f"{DESK}public/<slug:kind>/<int:pk>/remove/": desk(about="evidence", kind="evidence"),
    f"{DESK}<int:pk>/": [desk(about="draft proposal"), desk(about="sent proposal")],
    f"{DESK}<int:pk>/edit/": desk(about="draft proposal"),
    f"{DESK}<int:pk>/file/": desk(about="draft proposal"),
    f"{DESK}<int:pk>/decide/": second_factor("approver", OPERATOR, about="sent proposal"),
    f"{DESK}<int:pk>/<slug:verb>/": [
        desk(about="draft proposal", verb="send"),
        desk(about="draft proposal", verb="discard"),
        desk(about="sent proposal", verb="take-back"),
    ],
}
