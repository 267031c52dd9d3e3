"""Rosters: students, modules and who is on them, as OneRoster and what is derived from it write them.

They know classes and who belongs to them; of characteristics sex and the day of birth, while their ethnic groups
are those of another country and are not read. They know no course, no level and no mode of study, and no agreement:
enrolments must come from elsewhere. Nothing in them says who is a personal tutor.
"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

from ingest.found import Fault, Found, NotReadable, Row, Skipped
from ingest.tables import COMPLETES, Line, Tables, earlier
from ingest.template.characteristics import Characteristics
from ingest.template.student_records import ModuleDelivery, ModuleRegistration, Student

COLUMNS: dict[str, tuple[str, ...]] = {
    "users": (
        "sourcedId",
        "status",
        "role",
        "givenName",
        "familyName",
        "preferredGivenName",
        "preferredFamilyName",
        "email",
        "phone",
    ),
    "roles": ("status", "userSourcedId", "role"),
    "demographics": ("sourcedId", "status", "sex", "birthDate"),
    "academicsessions": ("sourcedId", "status", "startDate", "endDate"),
    "classes": ("sourcedId", "status", "title", "termSourcedIds"),
    "enrollments": (
        "status",
        "classSourcedId",
        "userSourcedId",
        "role",
        "beginDate",
        "endDate",
    ),
}
NEEDED: dict[str, tuple[str, ...]] = {
    "users": ("sourcedId", "givenName", "familyName"),
    "roles": ("userSourcedId", "role"),
    "demographics": ("sourcedId",),
    "academicsessions": ("sourcedId", "startDate", "endDate"),
    "classes": ("sourcedId", "title", "termSourcedIds"),
    "enrollments": ("classSourcedId", "userSourcedId", "role"),
}
_LEANS_ON = {"classes": "academicsessions", "enrollments": "classes"}

_GONE = ("tobedeleted", "inactive")
_STUDENT = "student"
_SEX = {"": "", "female": "10", "male": "11", "other": "12", "unspecified": "99"}
_NO_CODE = "?"  # for the check of the row to refuse
_MARKED = Skipped("rows marked inactive or to be deleted")
_OTHERS = Skipped("people who are not students")
_OTHER_ROLES = Skipped("places on a class of people who are not its students")
_CLASS_GONE = Skipped("places on a class that is marked inactive or to be deleted")


@dataclass(frozen=True)
class Span:
    """First and last day of a class; empty where unknown. `gone` where it is marked so."""

    first: str = ""
    last: str = ""
    gone: bool = False


def read(tables: Tables) -> Iterator[Found]:
    """Students, then classes with the days of their sessions, then places on them."""
    for name, needed in _LEANS_ON.items():
        if name in tables and needed not in tables:
            raise NotReadable("missing_file", f"{name}.csv cannot be read without {needed}.csv.")
    students = yield from _students(tables)
    yield from _demographics(tables, students)
    sessions = yield from _sessions(tables)
    classes = yield from _classes(tables, sessions)
    yield from _places(tables, classes)


def _gone(line: Line) -> bool:
    return line["status"].casefold() in _GONE


def _students(tables: Tables) -> Generator[Found, None, set[str]]:
    found, roles = set(), (yield from _roles(tables))
    for line in tables.lines("users"):
        if not isinstance(line, Line):
            yield line
        elif _gone(line):
            yield _MARKED
        elif line["role"].casefold() == _STUDENT or line["sourcedId"] in roles:
            found.add(line["sourcedId"])
            yield _student(line)
        else:
            yield _OTHERS
    return found


def _demographics(tables: Tables, students: set[str]) -> Iterator[Found]:
    """What equality monitoring counts students by, as far as it means the same here: sex, and the day of birth."""
    for line in tables.lines("demographics"):
        if not isinstance(line, Line):
            yield line
        elif _gone(line):
            yield _MARKED
        elif line["sourcedId"] in students:
            yield Row(Characteristics, _counted_by(line), line.line, line.file)
        else:
            yield _OTHERS


def _counted_by(line: Line) -> dict[str, str]:
    return {
        "student_id": line["sourcedId"],
        "ethnicity": "",
        "sex": _SEX.get(line["sex"].casefold(), _NO_CODE),
        "disability": "",
        "date_of_birth": line["birthDate"],
    }


def _roles(tables: Tables) -> Generator[Found, None, set[str]]:
    """Who is a student, where a file of its own says so; people may have several roles."""
    found = set()
    for line in tables.lines("roles"):
        if not isinstance(line, Line):
            yield line
            continue
        if line["role"].casefold() == _STUDENT and not _gone(line):
            found.add(line["userSourcedId"])
        yield COMPLETES
    return found


def _student(line: Line) -> Row:
    cells = {
        "student_id": line["sourcedId"],
        "given_name": line["preferredGivenName"] or line["givenName"],
        "family_name": line["preferredFamilyName"] or line["familyName"],
        "university_email": line["email"],
        "phone": line["phone"],
    }
    return Row(Student, cells, line.line, line.file)


def _sessions(tables: Tables) -> Generator[Found, None, dict[str, Line]]:
    """The sessions by key. One that is marked as gone has no days to give."""
    found = yield from tables.keyed("academicsessions", lambda line: line["sourcedId"])
    return {key: line for key, line in found.items() if not _gone(line)}


def _classes(tables: Tables, sessions: Mapping[str, Line]) -> Generator[Found, None, dict[str, Span]]:
    found: dict[str, Span] = {}
    for line in tables.lines("classes"):
        if not isinstance(line, Line):
            yield line
            continue
        span = found[line["sourcedId"]] = _span(line, sessions)
        yield _MARKED if span.gone else _delivery(line, span)
    return found


def _span(line: Line, sessions: Mapping[str, Line]) -> Span:
    keys = [key.strip() for key in line["termSourcedIds"].split(",")]
    terms = [sessions[key] for key in keys if key in sessions]
    begins, ends = [term["startDate"] for term in terms], [term["endDate"] for term in terms]
    return Span(min(begins, default=""), max(ends, default=""), _gone(line))


def _delivery(line: Line, span: Span) -> Row:
    """A roster has no credits: each class counts as one, so that all of a student's weigh alike."""
    cells = {
        "module_id": line["sourcedId"],
        "module_title": line["title"],
        "credits": "1",
        "start_date": span.first,
        "end_date": span.last,
    }
    return Row(ModuleDelivery, cells, line.line, line.file)


def _places(tables: Tables, classes: Mapping[str, Span]) -> Iterator[Found]:
    for line in tables.lines("enrollments"):
        yield _place(line, classes) if isinstance(line, Line) else line


def _place(line: Line, classes: Mapping[str, Span]) -> Found:
    if _gone(line):
        return _MARKED
    if line["role"].casefold() != _STUDENT:
        return _OTHER_ROLES
    span = classes.get(line["classSourcedId"])
    if span and span.gone:
        return _CLASS_GONE
    cells: dict[str, object] = {
        "student_id": line["userSourcedId"],
        "module_id": line["classSourcedId"],
        "from_date": line["beginDate"] or (span.first if span else ""),
        "until_date": line["endDate"] if span and earlier(line["endDate"], span.last) else "",
    }
    if span is None:
        advice = "The class is not in classes.csv. Add it there, or take the place out."
        return Fault(
            line.line,
            "module_id",
            "not_there",
            advice,
            line["classSourcedId"],
            line.file,
            ModuleRegistration.sheet,
            cells,
        )
    return Row(ModuleRegistration, cells, line.line, line.file)
