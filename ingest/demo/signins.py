"""The named sign-ins of the demo: one for every role, and one person with two."""

from dataclasses import dataclass

from auth.viewer import Role
from ingest.demo.habits import Kind
from ingest.demo.people import Name
from ingest.demo.stories import story

PASSWORD = "otter-lantern-ferry-moss"  # noqa: S105 - printed for everybody; the people are invented


@dataclass(frozen=True)
class SignIn:
    """Somebody who can sign in, by their key in student records. All have the same password."""

    username: str
    key: str
    name: Name
    roles: tuple[Role, ...]
    sees: str


def _student(username: str, kind: Kind, sees: str) -> SignIn:
    one = story(kind)
    return SignIn(username, one.key, one.name, (Role.STUDENT,), sees)


TUTOR = SignIn(
    "helen.fairweather",
    "S1001",
    Name("Helen", "Fairweather"),
    (Role.TUTOR,),
    "her tutees, eight stories among them",
)
SENIOR_TUTOR = SignIn(
    "kwame.boateng",
    "S1002",
    Name("Kwame", "Boateng-Lyle"),
    (Role.TUTOR, Role.SENIOR_TUTOR),
    "his own tutees; switches to senior tutor",
)
ADVISER = SignIn(
    "ruth.lindqvist", "S1003", Name("Ruth", "Lindqvist"), (Role.ADVISER,), "what is shared with her"
)
COMPLIANCE = SignIn(
    "nadia.rahmani", "S1005", Name("Nadia", "Rahmani"), (Role.COMPLIANCE,), "whether promises are kept"
)
SECOND_OFFICER = SignIn(
    "owen.tremlett",
    "S1007",
    Name("Owen", "Tremlett"),
    (Role.COMPLIANCE,),
    "the same: what takes two takes him",
)
STAFF = (TUTOR, SENIOR_TUTOR, ADVISER, COMPLIANCE)
"""Those who have worked with the demo before anybody opens it."""
RETURNER = _student("hamza.bukhari", Kind.RETURN, "his own engagement: the returner, with a support plan")
STEADY = _student("amara.nwosu-kerridge", Kind.STEADY, "her own engagement: the steady one")
SIGN_INS = (
    TUTOR,
    SENIOR_TUTOR,
    _student("callum.brathwaite", Kind.FADE, "his own engagement: the slow fade"),
    RETURNER,
    STEADY,
    ADVISER,
    SignIn("graham.pellow", "S1004", Name("Graham", "Pellow"), (Role.MANAGER,), "no person, ever"),
    COMPLIANCE,
    SECOND_OFFICER,
    SignIn(
        "tomos.vaughan", "S1006", Name("Tomos", "Vaughan-Rees"), (Role.ADMINISTRATOR,), "sources and accounts"
    ),
)


def table() -> str:
    """The sign-ins as lines of text in columns, the password above them."""
    rows = [(one.username, " + ".join(role.words for role in one.roles), one.sees) for one in SIGN_INS]
    head = ("Username", "Role", "Sees")
    widths = [max(len(row[n]) for row in [head, *rows]) for n in (0, 1)]
    lines = [f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}" for row in [head, *rows]]
    return "\n".join([f"Sign in with any of these names and the password  {PASSWORD}", "", *lines])
