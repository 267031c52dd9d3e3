"""Assessments and what was handed in for them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_access.records import AssessmentRecord, SubmissionRecord
from ingest.oulad.presentations import Presentation, of
from ingest.oulad.rows import AfterToday, Faulty, Row, Shape, read
from ingest.oulad.students import Pair
from ingest.oulad.tally import Tally
from policy.days import number

_ASSESSMENT = Shape(
    ("code_module", "code_presentation", "id_assessment", "assessment_type", "date", "weight"),
    ("id_assessment",),
)
_SUBMISSION = Shape(
    ("id_assessment", "id_student", "date_submitted", "is_banked", "score"), ("id_assessment", "id_student")
)
_TYPES = ("TMA", "CMA", "Exam")


@dataclass(frozen=True)
class Assessment:
    """A row of assessments. `due` is a day of the presentation; `weight` hundredths of a per cent, as given."""

    id: int
    presentation: Presentation
    kind: str
    due: int | None
    weight: int


def assessments(file: Path, presentations: Mapping[str, Presentation], tally: Tally) -> dict[int, Assessment]:
    """The assessments by id. Without a date nothing is expected; that is noted."""

    def assessment(row: Row) -> Assessment:
        code, kind = of(row.text("code_module"), row.text("code_presentation")), row.text("assessment_type")
        if code not in presentations:
            raise Faulty("an unknown presentation")
        if kind not in _TYPES:
            raise Faulty("an unknown assessment_type")
        due = row.day("date")
        if due is None:
            tally.note("date is missing; nothing is expected")
        return Assessment(
            row.whole("id_assessment"), presentations[code], kind, due, row.hundredths("weight")
        )

    return {found.id: found for found in read(file, _ASSESSMENT, tally, assessment)}


def records(of_them: Sequence[Assessment]) -> list[AssessmentRecord]:
    """The assessments, numbered within module and kind in the order in which they are due."""
    in_order = sorted(of_them, key=lambda a: (a.due is None, a.due or 0, a.id))
    counter: Counter[tuple[str, str]] = Counter()
    made = []
    for found in in_order:
        counter[found.presentation.code, found.kind] += 1
        title = f"{found.kind} {counter[found.presentation.code, found.kind]}"
        made.append(_record(found, title))
    return made


def _record(found: Assessment, title: str) -> AssessmentRecord:
    due = None if found.due is None else number(found.presentation.date(found.due))
    exam = found.kind == "Exam"
    return AssessmentRecord(str(found.id), found.presentation.code, title, due, found.weight, exam)


def submissions(
    file: Path, known: Mapping[int, Assessment], enrolled: frozenset[Pair], today: date, tally: Tally
) -> list[SubmissionRecord]:
    """What was handed in up to today. A mark carried over from an earlier year is never late."""

    def submission(row: Row) -> SubmissionRecord:
        assessment = known.get(row.whole("id_assessment"))
        student = row.whole("id_student")
        if assessment is None:
            raise Faulty("an unknown assessment")
        if (assessment.presentation.code, student) not in enrolled:
            raise Faulty("a student who is not enrolled on the presentation")
        day, banked, mark = _handed_in(row)
        if assessment.presentation.date(day) > today:
            raise AfterToday
        if banked:
            tally.note("is_banked: carried over from an earlier presentation")
        if mark is None:
            tally.note("score is missing")
        return SubmissionRecord(
            student=str(student),
            assessment=str(assessment.id),
            handed_in_day=number(assessment.presentation.date(day)),
            late=not banked and assessment.due is not None and day > assessment.due,
            extension_day=None,
            carried_over=banked,
            mark=mark,
        )

    return read(file, _SUBMISSION, tally, submission)


def _handed_in(row: Row) -> tuple[int, bool, int | None]:
    day, banked, mark = row.day("date_submitted"), row.whole("is_banked"), row.optional("score")
    if day is None:
        raise Faulty("date_submitted is missing")
    if banked not in (0, 1):
        raise Faulty("is_banked is not 0 or 1")
    if mark is not None and not 0 <= mark <= 100:
        raise Faulty("score is not between 0 and 100")
    return day, banked == 1, mark
