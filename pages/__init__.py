"""The site map: every page, its address, and the roles it is for. A page that is not here does not exist."""

from dataclasses import dataclass
from pathlib import Path

from auth.viewer import Role

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """One page. `path` is the script's, below this folder; `icon` is a Material symbol.

    `strangers` says that it opens before sign-in too: it reads policy alone, and nothing about anybody.
    """

    path: str
    url: str
    title: str
    icon: str
    roles: frozenset[Role]
    strangers: bool = False

    @property
    def script(self) -> Path:
        """The script itself."""
        return FOLDER / self.path


_TUTOR = frozenset({Role.TUTOR})
_STUDENT = frozenset({Role.STUDENT})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_MONITORS = frozenset({Role.MANAGER, Role.COMPLIANCE})
_EVERYONE = frozenset(Role) - {Role.SERVICE}

PAGES = (
    Page("tutor/tutees.py", "tutees", "My tutees", "groups", _TUTOR),
    Page("tutor/timeline.py", "timeline", "Engagement timeline", "timeline", _TUTOR),
    Page("student/engagement.py", "engagement", "My engagement", "monitoring", _STUDENT),
    Page("admin/sources.py", "sources", "Sources", "database", _ADMINISTRATOR),
    Page("admin/people.py", "people", "People and roles", "manage_accounts", _ADMINISTRATOR),
    Page("manager/accuracy.py", "how-well", "How well it works", "query_stats", _MONITORS),
    Page(
        "everyone/measure.py", "how-it-works", "How the rating works", "calculate", _EVERYONE, strangers=True
    ),
    Page("everyone/account.py", "account", "My account", "person", _EVERYONE),
)


def open_to(role: Role) -> tuple[Page, ...]:
    """The pages of a role, the one it lands on first."""
    return tuple(page for page in PAGES if role in page.roles)


def open_to_strangers() -> tuple[Page, ...]:
    """The pages that open before sign-in."""
    return tuple(page for page in PAGES if page.strangers)
