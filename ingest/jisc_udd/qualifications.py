"""Qualifications from Jisc's data definitions: one for each membership that ended with success."""

from collections.abc import Iterator, Mapping

from ingest import codes
from ingest.found import Row
from ingest.jisc_udd.enrolments import Membership, first
from ingest.template.student_records import Qualification

_COMPLETED = "1"
# Aims that are no qualification: none was aimed at, or none applies.
_NONE = ("X", "Z")


def qualifications(memberships: Mapping[str, Membership]) -> Iterator[Row]:
    """What was attained, under the name people use; of rarer aims the course's title stands for it."""
    for one in memberships.values():
        aim = one.line["COURSE_AIM_ATTAINED"]
        if codes.plain(one.line["COURSE_OUTCOME"]) == _COMPLETED and aim and not aim.startswith(_NONE):
            yield Row(Qualification, _cells(one, aim), one.line.line, one.line.file)


def _cells(one: Membership, aim: str) -> dict[str, str]:
    return {
        "student_id": one.line["STUDENT_ID"],
        "enrolment_id": one.key,
        "qualification": codes.QUALIFICATIONS.get(aim) or first(one.course, "TITLE") or aim,
        "classification": codes.CLASSIFICATIONS.get(codes.plain(one.line["COURSE_GRADE"]), ""),
        "awarded_on": one.line["COURSE_END_DATE"],
    }
