"""The site map: every page, its address, and the roles it is for. A page that is not here does not exist."""

from dataclasses import dataclass
from pathlib import Path

from auth.viewer import Role

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """One page. `path` is the script's, below this folder; `icon` is a Material symbol.

    `strangers` says that it opens before sign-in too: it reads what is public, and nothing about anybody.
    `foot` says that the way to it is at the foot of every page, not above it.
    """

    path: str
    url: str
    title: str
    icon: str
    roles: frozenset[Role]
    strangers: bool = False
    foot: bool = False

    @property
    def script(self) -> Path:
        """The script itself."""
        return FOLDER / self.path


_TUTOR = frozenset({Role.TUTOR})
_STUDENT = frozenset({Role.STUDENT})
_SENIOR_TUTOR = frozenset({Role.SENIOR_TUTOR})
_ADVISER = frozenset({Role.ADVISER})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_COMPLIANCE = frozenset({Role.COMPLIANCE})
_MONITORS = frozenset({Role.MANAGER, Role.COMPLIANCE})
_EMERGENCY = frozenset({Role.SENIOR_TUTOR, Role.ADVISER, Role.COMPLIANCE, Role.ADMINISTRATOR})
_EVERYONE = frozenset(Role) - {Role.SERVICE}

PRIVACY = Page(
    "everyone/notice.py", "privacy", "Privacy notice", "policy", _EVERYONE, strangers=True, foot=True
)
PAGES = (
    Page("tutor/tutees.py", "tutees", "My tutees", "groups", _TUTOR),
    Page("tutor/timeline.py", "timeline", "Engagement timeline", "timeline", _TUTOR),
    Page("tutor/support.py", "support", "Support plans", "handshake", _TUTOR),
    Page("tutor/consent.py", "sensitive-notes", "Sensitive notes", "verified_user", _TUTOR),
    Page("tutor/messages.py", "messages", "Messages", "mail", _TUTOR),
    Page("student/engagement.py", "engagement", "My engagement", "monitoring", _STUDENT),
    Page("student/support.py", "my-support", "My support", "forum", _STUDENT),
    Page("student/consent.py", "my-consent", "My consent", "verified_user", _STUDENT),
    Page("student/messages.py", "my-messages", "Messages", "mail", _STUDENT),
    Page("student/data.py", "my-data", "My data", "folder_shared", _STUDENT),
    Page("senior/overview.py", "tutoring-overview", "Tutoring overview", "diversity_3", _SENIOR_TUTOR),
    Page("senior/student.py", "passed-on", "Student passed on to me", "person_search", _SENIOR_TUTOR),
    Page("adviser/shared.py", "shared-with-me", "Shared with me", "inbox", _ADVISER),
    Page("admin/sources.py", "sources", "Sources", "database", _ADMINISTRATOR),
    Page("admin/people.py", "people", "People and roles", "manage_accounts", _ADMINISTRATOR),
    Page("compliance/requests.py", "requests", "Requests and deadlines", "inbox", _COMPLIANCE),
    Page("compliance/consents.py", "consents", "Consents and disclosures", "verified_user", _COMPLIANCE),
    Page("compliance/releases.py", "releases", "Releases", "approval", _COMPLIANCE),
    Page("compliance/retention.py", "retention", "Retention", "inventory_2", _COMPLIANCE),
    Page("compliance/log.py", "access-log", "Access log", "visibility", _COMPLIANCE),
    Page("compliance/registers.py", "registers", "Registers", "menu_book", _COMPLIANCE),
    Page("compliance/notice.py", "notice-check", "Notice health check", "fact_check", _COMPLIANCE),
    Page("manager/cohorts.py", "cohort-engagement", "Cohort engagement", "stacked_bar_chart", _MONITORS),
    Page("manager/equality.py", "equality", "Equality monitoring", "balance", _MONITORS),
    Page("manager/response.py", "how-we-responded", "How we responded", "forum", _MONITORS),
    Page("manager/accuracy.py", "how-well", "How well it works", "query_stats", _MONITORS),
    Page("manager/impact.py", "support-impact", "Support impact", "volunteer_activism", _MONITORS),
    Page("everyone/emergency.py", "emergency", "Emergency access", "emergency", _EMERGENCY),
    Page(
        "everyone/measure.py", "how-it-works", "How the rating works", "calculate", _EVERYONE, strangers=True
    ),
    Page("everyone/account.py", "account", "My account", "person", _EVERYONE),
    PRIVACY,
    Page("everyone/help.py", "help", "Help and contacts", "support", _EVERYONE, strangers=True, foot=True),
)


def open_to(role: Role) -> tuple[Page, ...]:
    """The pages of a role, the one it lands on first."""
    return tuple(page for page in PAGES if role in page.roles)


def open_to_strangers() -> tuple[Page, ...]:
    """The pages that open before sign-in."""
    return tuple(page for page in PAGES if page.strangers)
