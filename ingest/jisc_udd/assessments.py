"""Assessments, what was handed in, and examination sittings, from Jisc's data definitions.

They give each student a due day of their own. The day that most were given is the assessment's; a later one is
an extension. Of several opportunities the latest counts, as the definitions mean it to.
"""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from ingest import codes
from ingest.found import Found, Note, Row, Skipped
from ingest.tables import Line, Tables, earlier
from ingest.template.student_records import Assessment, ExamSitting, Submission

_EXAM, _NOT_SUMMATIVE = "2", "2"
_EARLIER = Skipped("earlier opportunities at the same assessment")
_NOT_SAT = Skipped("examinations without a day on which they were sat")


@dataclass
class Opportunities:
    """What must be known of all opportunities before any is read: due days, and which is a student's latest."""

    due: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    latest: dict[tuple[str, str], int] = field(default_factory=dict)

    def day(self, assessment: str) -> str:
        """The day that most students were given at first; the earlier of two that are as common."""
        days = self.due.get(assessment)
        return min(days, key=lambda day: (-days[day], day)) if days else ""


def read(udd: Tables) -> Iterator[Found]:
    """The assessments, then each student's latest opportunity at each."""
    opportunities = _opportunities(udd)
    exams = yield from _assessments(udd, opportunities)
    for line in udd.lines("studentassessmentinstance"):
        if not isinstance(line, Line):
            yield line
        elif _turn(line) < opportunities.latest.get((line["STUDENT_ID"], line["ASSESS_INSTANCE_ID"]), 1):
            yield _EARLIER
        elif line["ASSESS_INSTANCE_ID"] in exams:
            yield _sitting(line)
        else:
            yield _submission(line, opportunities.day(line["ASSESS_INSTANCE_ID"]))


def _opportunities(udd: Tables) -> Opportunities:
    found = Opportunities()
    for line in udd.lines("studentassessmentinstance"):
        if not isinstance(line, Line):
            continue
        student, assessment, turn = line["STUDENT_ID"], line["ASSESS_INSTANCE_ID"], _turn(line)
        if turn > 1:
            found.latest[student, assessment] = max(turn, found.latest.get((student, assessment), 1))
        elif line["ASSESS_DUE_DATE"]:
            found.due[assessment][line["ASSESS_DUE_DATE"]] += 1
    return found


def _turn(line: Line) -> int:
    return int(line["ASSESS_SEQ_ID"]) if line["ASSESS_SEQ_ID"].isdecimal() else 1


def _assessments(udd: Tables, opportunities: Opportunities) -> Generator[Found, None, set[str]]:
    """Each assessment; and the keys of those that are examinations."""
    exams, rounded = set(), 0
    for line in udd.lines("assessmentinstance"):
        if not isinstance(line, Line):
            yield line
            continue
        key, exam = line["ASSESS_INSTANCE_ID"], line["ASSESS_TYPE"] == _EXAM
        weight = "0" if line["ASSESS_SUMMATIVE"] == _NOT_SUMMATIVE else codes.whole(line["ASSESS_WEIGHT"])
        rounded += codes.rounds(line["ASSESS_WEIGHT"])
        if exam:
            exams.add(key)
        cells = {
            "assessment_id": key,
            "module_id": line["MOD_INSTANCE_ID"],
            "assessment_title": line["ASSESS_DETAIL"] or line["ASSESS_TYPE_RAW_NAME"] or key,
            "due_date": opportunities.day(key),
            "weight": weight,
            "exam": "yes" if exam else "no",
        }
        yield Row(Assessment, cells, line.line, line.file)
    if rounded:
        yield Note(f"{rounded} weights were rounded to whole per cent.")
    return exams


def _submission(line: Line, due: str) -> Row:
    own, handed_in = line["ASSESS_DUE_DATE"], line["ASSESS_SUBMISSION_DATE"]
    cells = {
        "student_id": line["STUDENT_ID"],
        "assessment_id": line["ASSESS_INSTANCE_ID"],
        "handed_in": handed_in,
        "late": "yes" if earlier(own or due, handed_in) else "no",
        "extension_until": own if earlier(due, own) else "",
        "mark": codes.whole(line["ASSESS_AGREED_MARK"]),
    }
    return Row(Submission, cells, line.line, line.file)


def _sitting(line: Line) -> Found:
    if not line["ASSESS_SUBMISSION_DATE"]:
        return _NOT_SAT
    cells = {
        "student_id": line["STUDENT_ID"],
        "assessment_id": line["ASSESS_INSTANCE_ID"],
        "day": line["ASSESS_SUBMISSION_DATE"],
        "attended": "yes",
        "mark": codes.whole(line["ASSESS_AGREED_MARK"]),
    }
    return Row(ExamSitting, cells, line.line, line.file)
