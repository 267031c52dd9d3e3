"""What looks wrong in student records: its kind, how often it was met, and the keys to look it up by."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The usual faults of student records."""

    ACTIVE_AFTER_THE_END = "active after the end"
    ENDS_LATER = "ended, from a day to come"
    NO_SENSIBLE_END = "no sensible end"
    NO_TUTOR = "no personal tutor"
    TWO_TUTORS = "several personal tutors"
    NO_TUTEES = "tutor without tutees"
    NO_STUDENTS = "module without students"


_SENTENCES = {
    Kind.ACTIVE_AFTER_THE_END: (
        "Enrolments that have ended, of students who were in class or online in the last two weeks. "
        "If they have not really left, correct the status."
    ),
    Kind.ENDS_LATER: (
        "Enrolments that are coded as ended from a day still to come, and hidden already. "
        "Correct the day, or give the status that holds now."
    ),
    Kind.NO_SENSIBLE_END: (
        "Active enrolments that are to end before they start, or more than ten years from now. "
        "Look for a slip in the year."
    ),
    Kind.NO_TUTOR: (
        "Active enrolments without a personal tutor. Until they have one, no tutor sees these students."
    ),
    Kind.TWO_TUTORS: (
        "Active enrolments with several personal tutors at once. End the tutoring of all but one; "
        "cover for an absence is given under People and roles."
    ),
    Kind.NO_TUTEES: (
        "People who have the role of personal tutor and no tutees. "
        "Give them tutees in student records, or end the role under People and roles."
    ),
    Kind.NO_STUDENTS: (
        "Modules that are running without students. "
        "Load their registrations, or correct the days of the module."
    ),
}


@dataclass(frozen=True)
class RecordFault:
    """One kind of fault: how often it was met, and the first 20 keys to look up in student records. No names."""

    kind: Kind
    count: int
    keys: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What it is, and what to do about it."""
        return _SENTENCES[self.kind]
