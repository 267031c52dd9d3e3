"""What an OULAD folder tells of the presentations that are evaluated; no characteristic of anybody is read here."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from data_access.records import SubmissionRecord
from ingest.oulad import assessments, clicks, files, students
from ingest.oulad.assessments import Assessment
from ingest.oulad.evaluation import plan
from ingest.oulad.evaluation.plan import Plan
from ingest.oulad.files import Files
from ingest.oulad.presentations import Presentation, presentations
from ingest.oulad.students import Pair, Registered, Student
from ingest.oulad.tally import Tally


@dataclass(frozen=True)
class Told:
    """The tables, whole: what was known on a day is for `cohort` to say.

    `days` has columns delivery (a position in `presentations`), student, day and views.
    """

    presentations: tuple[Presentation, ...]
    students: list[Student]
    registered: dict[Pair, Registered]
    assessments: dict[int, Assessment]
    handed_in: dict[tuple[int, int], SubmissionRecord]
    days: pa.Table


def read(folder: Path, wanted: Plan) -> Told:
    """Read the presentations of the plan. Rows that cannot be used are left out, as a load would.

    Raises NotOulad and Unreadable for the folder, NotToBeEvaluated for what it lacks.
    """
    found = files.find(folder)
    every = presentations(found.small["courses"], Tally("courses"))
    plan.check(wanted, every)
    named = [p for p in every if p.name in wanted.names]
    info = students.students(
        found.small["studentInfo"], frozenset(p.code for p in named), Tally("studentInfo")
    )
    peopled = {student.presentation for student in info}
    return _told(found, tuple(p for p in named if p.code in peopled), info)


def _told(found: Files, given: tuple[Presentation, ...], info: list[Student]) -> Told:
    enrolled = frozenset((student.presentation, student.number) for student in info)
    listed = clicks.sites(found.small["vle"], frozenset(p.code for p in given), Tally("vle"))
    clicked = clicks.counted(found.clicks, given, enrolled, listed, Tally(files.CLICKS))
    plan.check_clicks(given, clicks.with_clicks(clicked, given))
    registered = students.registrations(
        found.small["studentRegistration"], enrolled, Tally("studentRegistration")
    )
    by_code = {p.code: p for p in given}
    asked = assessments.assessments(found.small["assessments"], by_code, Tally("assessments"))
    handed_in = assessments.submissions(
        found.small["studentAssessment"], asked, enrolled, date.max, Tally("studentAssessment")
    )
    by_pair = {(int(s.student), int(s.assessment)): s for s in handed_in}
    return Told(given, info, registered, asked, by_pair, clicked.days)
