"""What each role is answered, in the words in which decisions are written.

`everyone()`, `signed_in()`, `only("author", ...)` and `nothing()` say what each role is answered;
`about=` names the thing of `tests.roles` that it is about, other names fix parts of the address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.roles import ROLES, STRANGER, WITH_FACTOR, Answer

ONE_FACTOR, OPERATOR = "operator with one factor", "operator"
YES, NO, NOTHING, SIGN_IN = Answer.YES, Answer.NO, Answer.NOTHING, Answer.SIGN_IN


@dataclass(frozen=True)
class Rule:
    """What each role is answered; `asked` are the roles to ask, where few tell of all."""

    answers: Mapping[str, Answer]
    about: str = "pledge"
    parts: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ROLES
    # Where the button is not for all to whom the page is shown.
    posted: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return " ".join([self.about, *self.parts.values()])


def everyone(about: str = "pledge", **parts: str) -> Rule:
    few = (STRANGER, "author", OPERATOR)
    return Rule(dict.fromkeys(ROLES, YES), about, parts, few)


def nothing(about: str = "pledge", **parts: str) -> Rule:
    """Nothing for anybody: what is asked for is not there, as a token that was never made."""
    few = (STRANGER, "person", OPERATOR)
    return Rule(dict.fromkeys(ROLES, NOTHING), about, parts, few)


def signed_in(about: str = "pledge", **parts: str) -> Rule:
    asked = (STRANGER, "person", "author", OPERATOR)
    return Rule({**dict.fromkeys(ROLES, YES), STRANGER: SIGN_IN}, about, parts, asked)


def only(
    *roles: str,
    others: Answer = NO,
    stranger: Answer = SIGN_IN,
    about: str = "pledge",
    posted: Mapping[str, Answer] | None = None,
    **parts: str,
) -> Rule:
    """The roles named, and operators whether or not they have shown the second factor."""
    named = {*roles, ONE_FACTOR} if OPERATOR in roles else set(roles)
    answers = {role: YES if role in named else others for role in ROLES}
    return Rule({**answers, STRANGER: stranger}, about, parts, posted=posted or {})


def second_factor(*roles: str, others: Answer = NO, about: str = "pledge", **parts: str) -> Rule:
    """The roles named, once they have shown their second factor; to stewards, others."""
    answers = {role: YES if role in roles else NO for role in ROLES}
    for role in ("steward", "steward elsewhere"):
        if role not in roles:
            answers[role] = others
    return Rule({**answers, STRANGER: SIGN_IN, ONE_FACTOR: SIGN_IN}, about, parts)


def with_factor(answer: Answer, others: Answer) -> Rule:
    """What whoever has a second factor is answered: often, to show it again."""
    answers = {role: answer if role in WITH_FACTOR else others for role in ROLES}
    return Rule({**answers, STRANGER: SIGN_IN})


def kept_from(*roles: str) -> Rule:
    """Not for these roles, which are told to sign in; what the others may, other tests ask."""
    return Rule(dict.fromkeys(roles, SIGN_IN), asked=roles)
