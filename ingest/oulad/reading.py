"""Reading an OULAD folder: the seven tables as a batch of student records and a batch of VLE activity."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path

from data_access.engine.clicks import Clicks
from data_access.records import Batch, Counted, PersonRecord
from ingest.oulad import assessments, clicks, files, students
from ingest.oulad.enrolments import Tallies, enrolments
from ingest.oulad.files import Files
from ingest.oulad.presentations import Presentation, courses, modules, moved, presentations
from ingest.oulad.students import Student
from ingest.oulad.tally import Tally, together
from ingest.oulad.tutors import tutor_key, tutors
from policy.days import day, london_day
from privacy.labels import Source

FORMAT = "oulad"
_STEPS = 4
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Reading:
    """What the folder holds: a batch of student records and one of VLE activity, and the counts by table.

    `tutors` are all that were invented; `tutor` is the key of one, on the newest presentation with clicks.
    """

    batches: tuple[Batch, Batch]
    tables: dict[str, Counted]
    presentations: tuple[Presentation, ...]
    tutors: tuple[PersonRecord, ...]
    tutor: str | None

    @property
    def counted(self) -> Counted:
        """The counts of all tables together."""
        return together(self.tables.values())


def read(folder: Path, at: datetime, progress: Progress | None = None) -> Reading:
    """Read the whole folder as of the instant `at`; nothing is stored.

    Raises NotOulad when a table is missing and Unreadable when a file is damaged.
    """
    found, today = files.find(folder), london_day(at)
    tally = {name: Tally(name) for name in (*files.SMALL, files.CLICKS)}
    step = _steps(progress)
    given = presentations(found.small["courses"], tally["courses"])
    codes = frozenset(p.code for p in given)
    info = students.students(found.small["studentInfo"], codes, tally["studentInfo"])
    enrolled = frozenset((student.presentation, student.number) for student in info)
    step()
    sites = clicks.sites(found.small["vle"], codes, tally["vle"])
    clicked = clicks.counted(found.clicks, given, enrolled, sites, tally["studentVle"])
    step()
    with_clicks = clicks.with_clicks(clicked, given)
    placed = moved(given, with_clicks, today)
    records, invented = _records(found, placed, info, today, tally)
    step()
    batches = (records, _activity(found, placed, clicked, today, tally))
    step()
    peopled = {student.presentation for student in info}
    by_code = sorted((p for p in placed if p.code in peopled), key=lambda p: p.code)
    newest = max(by_code, key=lambda p: (p.code in with_clicks, p.starts), default=None)
    counted = {name: one.counted() for name, one in tally.items()}
    return Reading(
        batches, counted, tuple(placed), tuple(invented), tutor_key(newest.code, 1) if newest else None
    )


def _records(
    found: Files, placed: list[Presentation], info: list[Student], today: date, tally: dict[str, Tally]
) -> tuple[Batch, list[PersonRecord]]:
    by_code, small = {p.code: p for p in placed}, found.small
    enrolled = frozenset((student.presentation, student.number) for student in info)
    registered = students.registrations(small["studentRegistration"], enrolled, tally["studentRegistration"])
    noted = Tallies(tally["studentInfo"], tally["studentRegistration"])
    enrolment, registration = enrolments(info, registered, by_code, today, noted)
    invented, tutorings = tutors(enrolment, registration)
    asked = assessments.assessments(small["assessments"], by_code, tally["assessments"])
    handed_in = assessments.submissions(
        small["studentAssessment"], asked, enrolled, today, tally["studentAssessment"]
    )
    names = [name for name in files.SMALL if name != "vle"]
    batch = Batch(
        system=Source.STUDENT_RECORDS,
        format=FORMAT,
        file=_names(small[name] for name in names),
        sha256=files.digest([small[name] for name in names]),
        counted=together(tally[name].counted() for name in names),
        data_up_to=max(
            (day(s.handed_in_day) for s in handed_in if s.handed_in_day is not None), default=None
        ),
        people=[*students.people(info), *invented],
        courses=courses(placed),
        enrolments=enrolment,
        modules=modules(placed),
        registrations=registration,
        tutorings=tutorings,
        assessments=assessments.records(list(asked.values())),
        submissions=handed_in,
    )
    return batch, invented


def _activity(
    found: Files, placed: list[Presentation], clicked: Clicks, today: date, tally: dict[str, Tally]
) -> Batch:
    days = clicks.days(clicked, placed, today, tally["studentVle"])
    parts = [found.small["vle"], *found.clicks]
    return Batch(
        system=Source.VLE,
        format=FORMAT,
        file=_names(parts),
        sha256=files.digest(parts),
        counted=together(tally[name].counted() for name in ("vle", files.CLICKS)),
        data_up_to=days.last,
        vle_days=days.table,
        gaps=clicks.gaps(clicked, placed, today),
    )


def _names(of_them: Iterable[Path]) -> str:
    return ", ".join(file.name for file in of_them)


def _steps(progress: Progress | None) -> Callable[[], None]:
    """Tells of one step more each time it is called."""
    done = count(1)
    return lambda: progress(next(done), _STEPS) if progress else None
