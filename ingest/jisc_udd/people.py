"""Students, personal tutors and the links between them, from Jisc's data definitions."""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping

from ingest.found import Found, Note, Row, Skipped
from ingest.jisc_udd import characteristics
from ingest.jisc_udd.enrolments import Membership
from ingest.tables import Line, Tables, folded
from ingest.template.student_records import PersonalTutor, Staff, Student

# What institutions call the link in RELATIONSHIP, which each of them names itself.
_TUTORING = frozenset(
    folded(name) for name in ("personal tutor", "personal tutor of", "tutor", "tutors", "tutor of", "pt")
)
_NOT_TUTORING = Skipped("links of staff that are not personal tutoring")
_NOBODY_THERE = Skipped("links of staff to students without an active enrolment")
_NOT_A_TUTOR = Skipped("staff who are nobody's personal tutor")


def students(udd: Tables) -> Iterator[Found]:
    """Each student: the name, how they can be reached, and what they are counted by.

    A telephone at home is other people's too.
    """
    for line in udd.lines("student"):
        if isinstance(line, Line):
            contact = {"university_email": line["PRIMARY_EMAIL_ADDRESS"], "phone": line["MOBILE_PHONE"]}
            cells = {"student_id": line["STUDENT_ID"]} | _names(line) | contact
            yield Row(Student, cells, line.line, line.file)
            yield from characteristics.of(line)
        else:
            yield line


def _names(line: Line) -> dict[str, str]:
    """A person with one name has it as the given name."""
    return {
        "given_name": line["FIRST_NAME"] or line["LAST_NAME"],
        "family_name": line["LAST_NAME"] if line["FIRST_NAME"] else "",
    }


def tutors(udd: Tables, memberships: Mapping[str, Membership]) -> Generator[Found, None, set[str]]:
    """The links that are personal tutoring, and the keys of those who do it.

    A link to a student counts for each of their active enrolments. Links have no dates: the tutoring is
    taken to begin with the enrolment.
    """
    found, passed_over = set(), Counter[str]()
    active = defaultdict(list)
    for key, one in memberships.items():
        if one.active:
            active[one.line["STUDENT_ID"]].append(key)
    for line in udd.lines("stafflink"):
        if not isinstance(line, Line):
            yield line
            continue
        enrolments = _tutored(line, memberships, active)
        if enrolments is None:
            passed_over[line["RELATIONSHIP"]] += 1
            yield _NOT_TUTORING
        elif not enrolments:
            yield _NOBODY_THERE
        for enrolment in enrolments or ():
            found.add(line["STAFF_ID"])
            yield _link(line, enrolment, memberships)
    if passed_over:
        names = ", ".join(sorted(passed_over)[:10])
        yield Note(f"Links of staff that were not taken for personal tutoring are called: {names}.")
    return found


def _tutored(
    line: Line, memberships: Mapping[str, Membership], active: Mapping[str, list[str]]
) -> list[str] | None:
    """The active enrolments that a link is about; None where it is not personal tutoring."""
    about = line["PROPERTY_NAME"].rpartition(".")[2].upper()
    if folded(line["RELATIONSHIP"]) not in _TUTORING:
        return None
    if about == "STUDENT_ID":
        return active.get(line["PROPERTY_VALUE"], [])
    if about == "STUDENT_COURSE_MEMBERSHIP_ID":
        membership = memberships.get(line["PROPERTY_VALUE"])
        return [line["PROPERTY_VALUE"]] if membership and membership.active else []
    return None


def _link(line: Line, enrolment: str, memberships: Mapping[str, Membership]) -> Row:
    cells = {
        "enrolment_id": enrolment,
        "staff_id": line["STAFF_ID"],
        "from_date": memberships[enrolment].line["COURSE_JOIN_DATE"],
    }
    return Row(PersonalTutor, cells, line.line, line.file)


def staff(udd: Tables, tutors: set[str]) -> Iterator[Found]:
    """The staff who are personal tutors; nobody else's name is taken."""
    for line in udd.lines("staff"):
        if not isinstance(line, Line):
            yield line
        elif line["STAFF_ID"] in tutors:
            yield Row(Staff, {"staff_id": line["STAFF_ID"]} | _names(line), line.line, line.file)
        else:
            yield _NOT_A_TUTOR
