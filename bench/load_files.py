"""A university as the exports of its four systems, of any size: written row by row, never held in memory."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

TERM = date(2026, 9, 21)
MODULES, EACH = 40, 4
TUTEES = 25
CLASSES = 60  # of each module
DAYS = 60  # on which a module's pages are used

Row = tuple[object, ...]


def write(folder: Path, students: int) -> None:
    """Student records in `student-records/` and the timetable in `classes.csv`."""
    records = folder / "student-records"
    records.mkdir(parents=True)
    keys = range(students)
    last, ends = TERM + timedelta(weeks=12), date(2029, 6, 1)
    course = ("C1", "BSc Botany", "School of Plants", "undergraduate", "full-time", 1)
    _csv(
        records / "students.csv",
        "student_id,given_name,family_name",
        ((_student(n), "Ann", f"Oakes{n}") for n in keys),
    )
    _csv(
        records / "staff.csv",
        "staff_id,given_name,family_name",
        ((f"s{n}", "Tess", f"Vale{n}") for n in range(-(-students // TUTEES))),
    )
    _csv(
        records / "enrolments.csv",
        "enrolment_id,student_id,course_id,course_title,school,level,mode,stage,start_date,expected_end,status,agreed_on",
        ((f"e{n}", _student(n), *course, TERM, ends, "enrolled", TERM) for n in keys),
    )
    _csv(
        records / "modules.csv",
        "module_id,module_title,credits,start_date,end_date",
        ((f"M{n}", f"Module {n}", 20, TERM, last) for n in range(MODULES)),
    )
    _csv(
        records / "registrations.csv",
        "student_id,module_id,enrolment_id,from_date",
        ((_student(n), module, f"e{n}", TERM) for n in keys for module in _modules(n)),
    )
    _csv(
        records / "tutors.csv",
        "enrolment_id,staff_id,from_date",
        ((f"e{n}", f"s{n // TUTEES}", TERM) for n in keys),
    )
    _csv(folder / "classes.csv", "event_id,module_id,starts_at,ends_at,kind", _classes())  # fmt: skip


def days(path: Path, students: int, rows: int) -> None:
    """So many rows of VLE days, day after day, as an export of them comes."""
    every = (
        (_student(n), module, TERM + timedelta(days=day), 1 + (n + day) % 30)
        for day in range(DAYS)
        for n in range(students)
        for module in _modules(n)
    )
    _csv(path, "student_id,module_id,day,views", islice(every, rows))


def registers(path: Path, students: int, rows: int) -> None:
    """So many rows of registers, class after class."""
    every = (
        (_student(n), f"{module}-{number}", "absent" if (n + number) % 5 == 0 else "present")
        for number in range(CLASSES)
        for n in range(students)
        for module in _modules(n)
    )
    _csv(path, "student_id,event_id,status", islice(every, rows))


def _student(n: int) -> str:
    return f"w{n:07d}"


def _modules(n: int) -> list[str]:
    return [f"M{(n + 7 * m) % MODULES}" for m in range(EACH)]


def _classes() -> Iterator[Row]:
    for module in range(MODULES):
        for n in range(CLASSES):
            day = TERM + timedelta(days=n)
            yield f"M{module}-{n}", f"M{module}", f"{day}T09:00", f"{day}T10:00", "Lecture"


def _csv(path: Path, header: str, rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(",".join(map(str, row)) + "\n" for row in rows)
