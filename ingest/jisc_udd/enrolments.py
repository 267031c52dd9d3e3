"""Enrolments from Jisc's data definitions: a membership with its course, and its latest stage."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

from ingest import codes
from ingest.found import Fault, Found, Note, Row
from ingest.jisc_udd import status
from ingest.tables import Line, Tables
from ingest.template.student_records import CourseEnrolment

_AGREEMENT = ("studentcoursemembership", "AGREEDON")


@dataclass(frozen=True)
class Membership:
    """A membership and the rows that complete it, where the bundle has them."""

    line: Line
    course: Line | None
    stage: Line | None
    instance: Line | None
    agreed_on: str

    @property
    def key(self) -> str:
        """The key of the enrolment."""
        return self.line["STUDENT_COURSE_MEMBERSHIP_ID"]

    @property
    def active(self) -> bool:
        """Whether student records call it active."""
        return self.line["ACTIVE_MEMBERSHIP"] == "1"


def memberships(udd: Tables) -> Generator[Found, None, dict[str, Membership]]:
    """Each enrolment; and the memberships by key, those with faults too."""
    courses = yield from udd.keyed("course", lambda line: line["COURSE_ID"])
    instances = yield from udd.keyed("courseinstance", lambda line: line["COURSE_INSTANCE_ID"])
    stages = yield from udd.keyed(
        "studentcourseinstance", lambda line: line["STUDENT_COURSE_MEMBERSHIP_ID"], _later
    )
    agreements = yield from _agreements(udd)
    found: dict[str, Membership] = {}
    for line in udd.lines("studentcoursemembership"):
        if not isinstance(line, Line):
            yield line
            continue
        key = line["STUDENT_COURSE_MEMBERSHIP_ID"]
        stage = stages.get(key)
        instance = instances.get(stage["COURSE_INSTANCE_ID"]) if stage else None
        found[key] = Membership(
            line, courses.get(line["COURSE_ID"]), stage, instance, agreements.get(key, "")
        )
        yield _enrolment(found[key])
    yield from _remarks(found)
    return found


def _later(stage: Line, other: Line) -> bool:
    return stage["ACADEMIC_YEAR"] >= other["ACADEMIC_YEAR"]


def _agreements(udd: Tables) -> Generator[Found, None, dict[str, str]]:
    """The days of agreement by membership; no other extension is looked at."""

    def key(line: Line) -> tuple[str, str, str]:
        entity, name = line["ENTITY"].replace("_", ""), line["PROPERTY_NAME"].replace("_", "")
        return entity.casefold(), name.upper(), line["REF_KEY"]

    rows = yield from udd.keyed("extension", lambda line: "\t".join(key(line)))
    found = [(key(line), line["PROPERTY_VALUE"]) for line in rows.values()]
    return {reference: day for (entity, name, reference), day in found if (entity, name) == _AGREEMENT}


def _remarks(found: Mapping[str, Membership]) -> Generator[Note, None, None]:
    over = [one for one in found.values() if one.line["ACTIVE_MEMBERSHIP"] == "2"]
    unexplained = sum(status.explained(one.line, one.stage) is None for one in over)
    if unexplained:
        yield Note(f"{unexplained} memberships are over and do not say why; they were taken as withdrawn.")
    if found and not any(one.agreed_on for one in found.values()):
        yield Note("No day of agreement came with the enrolments; until it does, nobody sees these students.")


def _enrolment(one: Membership) -> Row | Fault:
    cells = _cells(one)
    try:
        found = status.of(one.line, one.stage)
    except status.Unclear as unclear:
        return _fault(one, "status", "contradiction", str(unclear), cells)
    cells |= {"status": found, "status_from": status.since(found, one.line, one.instance)}
    if one.course is None:
        return _fault(one, "course_id", "not_there", "The course is not in course.tsv. Add it there.", cells)
    if one.stage is None:
        advice = "studentcourseinstance.tsv says nothing of the membership. Add its row there."
        return _fault(one, "mode", "not_there", advice, cells)
    return Row(CourseEnrolment, cells, one.line.line, one.line.file)


def _cells(one: Membership) -> dict[str, object]:
    line = one.line
    return {
        "enrolment_id": one.key,
        "student_id": line["STUDENT_ID"],
        "course_id": line["COURSE_ID"],
        "course_title": first(one.course, "TITLE", "COURSE_ID"),
        "school": first(one.course, "INST_TIER_1", "INST_TIER_2", "INST_TIER_3"),
        "level": codes.level(first(one.course, "COURSE_AIM")),
        "mode": codes.mode(first(one.stage, "MODE")),
        "stage": first(one.stage, "YEAR_PRG"),
        "start_date": line["COURSE_JOIN_DATE"],
        "expected_end": line["COURSE_EXPECTED_END_DATE"] or first(one.instance, "END_DATE"),
        "agreed_on": one.agreed_on,
    }


def first(line: Line | None, *columns: str) -> str:
    """The first of the columns that is filled in."""
    return next((line[column] for column in columns if line[column]), "") if line else ""


def _fault(one: Membership, field: str, kind: str, advice: str, cells: dict[str, object]) -> Fault:
    return Fault(one.line.line, field, kind, advice, "", one.line.file, CourseEnrolment.sheet, cells)
