"""Students: who is on which presentation, from when to when, and how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from data_access.records import PersonRecord
from ingest.oulad.presentations import of
from ingest.oulad.rows import Faulty, Row, Shape, read
from ingest.oulad.tally import Tally

_KEY = ("code_module", "code_presentation", "id_student")
_INFO = Shape(
    (
        *_KEY,
        "gender",
        "region",
        "highest_education",
        "imd_band",
        "age_band",
        "num_of_prev_attempts",
        "studied_credits",
        "disability",
        "final_result",
    ),
    _KEY,
)
_REGISTRATION = Shape((*_KEY, "date_registration", "date_unregistration"), _KEY)
_RESULTS = ("Pass", "Distinction", "Fail", "Withdrawn")

Pair = tuple[str, int]


@dataclass(frozen=True)
class Student:
    """One student on one presentation. Sex, age, region, deprivation and disability are not kept."""

    presentation: str
    number: int
    result: str

    @property
    def key(self) -> str:
        """The enrolment's key, such as AAA-2013J-11391."""
        return f"{self.presentation}-{self.number}"


@dataclass(frozen=True)
class Registered:
    """The days on which a student registered and unregistered, None where the file does not say."""

    presentation: str
    number: int
    on: int | None
    until: int | None


def students(file: Path, codes: frozenset[str], tally: Tally) -> list[Student]:
    """The rows of studentInfo whose presentation is one of `codes`."""

    def student(row: Row) -> Student:
        code, number = pair(row, codes)
        result = row.text("final_result")
        if result not in _RESULTS:
            raise Faulty("an unknown final_result")
        _note_band(row.given("imd_band"), tally)
        return Student(code, number, result)

    return read(file, _INFO, tally, student)


def registrations(file: Path, known: frozenset[Pair], tally: Tally) -> dict[Pair, Registered]:
    """The rows of studentRegistration, by presentation and student."""
    codes = frozenset(code for code, _ in known)

    def registered(row: Row) -> Registered:
        code, number = pair(row, codes)
        if (code, number) not in known:
            raise Faulty("a student whom studentInfo does not have")
        return Registered(code, number, row.day("date_registration"), row.day("date_unregistration"))

    return {(r.presentation, r.number): r for r in read(file, _REGISTRATION, tally, registered)}


def pair(row: Row, codes: frozenset[str]) -> Pair:
    """The presentation, which must be one of `codes`, and the student of a row."""
    code, number = of(row.text("code_module"), row.text("code_presentation")), row.whole("id_student")
    if code not in codes:
        raise Faulty("an unknown presentation")
    return code, number


def people(of_them: Iterable[Student]) -> list[PersonRecord]:
    """The students under invented names, in the order of their numbers."""
    numbers = sorted({student.number for student in of_them})
    return [PersonRecord(str(n), "Student", str(n)) for n in numbers]


def _note_band(band: str | None, tally: Tally) -> None:
    if band is None:
        tally.note("imd_band is missing (equality data, not stored)")
    elif not band.endswith("%"):
        tally.note("imd_band lacks its % (equality data, not stored)")
