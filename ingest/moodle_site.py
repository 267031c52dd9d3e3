"""What files beside a Moodle log say of the site: who teaches where, and which course an activity belongs to.

They are tables as Moodle's database holds them, named for what they are: `…teacher_role.csv` (`courseid`,
`userid`), `…manager_role.csv` (`userid`), `…admin_role.csv` (`value`, numbers with commas between), and
`…course_modules.csv` (`id`, `course`). None of them is needed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest import tabular
from ingest.bundle import Member
from ingest.format import Glance
from ingest.found import Fault, Note
from ingest.limits import Limits

_STAFF = ("teacher_role", "manager_role", "admin_role")
_ACTIVITIES = "course_modules"
_FRONT_PAGE = "1"  # Moodle gives the page that every user sees first the number of a course
_NONE = ("\\N", "NULL")


@dataclass(frozen=True)
class Site:
    """A course of "" stands for the whole site."""

    staff: frozenset[tuple[str, str]] = frozenset()
    courses: Mapping[str, str] = field(default_factory=dict)

    def teaches(self, user: str, course: str) -> bool:
        """Whether the user is a member of staff on the course, or everywhere."""
        return (course, user) in self.staff or ("", user) in self.staff


def parted(
    members: tuple[Member, ...], limits: Limits, is_log: Callable[[Glance], bool]
) -> tuple[Site, list[Member], list[Note]]:
    """The site, the logs, and a note for every file that is neither. A single file is the log."""
    if len(members) == 1:
        return Site(), list(members), []
    lists = [member for member in members if member.stem.endswith((*_STAFF, _ACTIVITIES))]
    logs = [member for member in members if member not in lists and is_log(Glance((member,)))]
    others = [member for member in members if member not in lists and member not in logs]
    notes = [Note(f"{member.name} is no Moodle log and was left out.") for member in others]
    return _site(lists, limits), logs, notes


def _site(lists: list[Member], limits: Limits) -> Site:
    staff: set[tuple[str, str]] = set()
    courses: dict[str, str] = {}
    for member in lists:
        for row in _rows(member, limits):
            if member.stem.endswith(_ACTIVITIES):
                courses[number(row.get("id"))] = number(row.get("course"))
            for user in (row.get("userid") or row.get("value") or "").split(","):
                staff.add((number(row.get("courseid")), number(user)))
    return Site(frozenset(staff), courses)


def _rows(member: Member, limits: Limits) -> Iterator[dict[str, str]]:
    for sheet in tabular.sheets(member, limits):
        for found in sheet.rows:
            if not isinstance(found, Fault):
                yield {name.casefold(): str(cell) for name, cell in found[1].items()}


def any_log(glance: Glance, is_log: Callable[[Glance], bool]) -> bool:
    """Whether any of the files is a log."""
    alone = len(glance.members) == 1
    return is_log(glance) if alone else any(is_log(Glance((member,))) for member in glance.members)


def number(cell: object) -> str:
    """A number of Moodle's as a key, whether it came as text, number or with a spreadsheet's `.0`; else ""."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return ""
    text = str(cell).strip()
    return "" if text in _NONE else text.removesuffix(".0")


def outside(course: str) -> bool:
    """Whether a course is none: the site itself, or its front page."""
    return course in ("", "0", _FRONT_PAGE)


def nobody(user: str) -> bool:
    """Whether a user is none: not signed in, or the system."""
    return user in ("0", "-1")
