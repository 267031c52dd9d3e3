"""The members of a cohort that a release counts: who they are, where they study, and what holds for them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, not_, select
from sqlalchemy.orm import Session

from data_access.tables import (
    ACTIVE,
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Restriction,
    School,
)
from privacy.lattice import Lattice, Node
from privacy.purposes import Purpose
from privacy.releases import Measure, Trait

ROOT = "u"


@dataclass(frozen=True)
class Member:
    """One enrolment of a cohort: its leaf, whose it is, what it is in itself, and which measures hold for it.

    `waited` is the days from a suggestion to the first offer after it, where both were.
    """

    leaf: str
    person: int
    traits: Mapping[Trait, str]
    measures: frozenset[Measure]
    waited: int | None = None


@dataclass(frozen=True)
class Members:
    """The tree of the courses, everybody on them, and the measures that are known of them."""

    lattice: Lattice
    members: tuple[Member, ...]
    known: frozenset[Measure]


def counted(on: date, known: datetime) -> Select[int]:
    """The enrolments that were active on that day, by what was known at that moment.

    Whoever had asked by then not to be counted is not among them. What student records told later changes nothing.
    """
    s, r = EnrolmentStatus, Restriction
    status = exists().where(
        s.enrolment == Enrolment.id,
        s.status.in_(ACTIVE),
        held(s.first, s.last, on),
        s.recorded_at <= known,
        s.superseded_at.is_(None) | (s.superseded_at > known),
    )
    agreed = exists().where(EnrolmentAgreement.enrolment == Enrolment.id, EnrolmentAgreement.agreed_on <= on)
    stopped = exists().where(
        r.student == Enrolment.student,
        r.purpose == Purpose.EQUALITY,
        r.begun_at <= known,
        r.lifted_at.is_(None) | (r.lifted_at > known),
    )
    return select(Enrolment.id).where(status, agreed, not_(stopped))


def held(first: Any, last: Any, on: date) -> ColumnElement[bool]:
    """Whether the days from `first` to `last`, both included and the last perhaps open, hold on that day."""
    running: ColumnElement[bool] = (first <= on) & (last.is_(None) | (last >= on))
    return running


def studying(session: Session, own: Select[int]) -> Sequence[Any]:
    """The enrolments, as they stand in student records: id, student, mode, stage, course and level."""
    e = Enrolment
    question = (
        select(e.id, e.student, e.mode, e.stage, Course.id.label("course"), Course.level)
        .join(Course, Course.id == e.course)
        .where(e.id.in_(own))
        .order_by(e.id)
    )
    return session.execute(question).all()


def placed(
    session: Session,
    university: str,
    rows: Sequence[Any],
    held: Mapping[Measure, Collection[int]],
    waited: Mapping[int, int] | None = None,
    *,
    smallest: int,
) -> Members:
    """These enrolments in the tree of their courses, with what holds for each.

    A course of several stages has a node for each where every one has the `smallest` number of students or more.
    """
    stages = _stages(rows, smallest)
    own = tuple(
        Member(
            leaf=_leaf(row.course, row.stage, stages),
            person=row.student,
            traits={Trait.MODE: row.mode.value, Trait.LEVEL: row.level.value},
            measures=frozenset(measure for measure, enrolments in held.items() if row.id in enrolments),
            waited=(waited or {}).get(row.id),
        )
        for row in rows
    )
    return Members(_lattice(session, university, stages), own, frozenset(held))


def _stages(rows: Sequence[Any], smallest: int) -> Mapping[int, Sequence[int]]:
    """By course the stages that are nodes of their own."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        found[row.course][row.stage] += 1
    return {
        course: sorted(of) if len(of) > 1 and min(of.values()) >= smallest else ()
        for course, of in found.items()
    }


def _leaf(course: int, stage: int, stages: Mapping[int, Sequence[int]]) -> str:
    return f"c{course}-{stage}" if stages[course] else f"c{course}"


def _lattice(session: Session, university: str, stages: Mapping[int, Sequence[int]]) -> Lattice:
    """The university, its schools, their courses and the stages of these, by name; only where somebody studies."""
    question = (
        select(Course.id, Course.title, Course.school, School.name)
        .join(School, School.id == Course.school)
        .where(Course.id.in_(stages))
        .order_by(School.name, School.id, Course.title, Course.id)
    )
    nodes, schools = [Node(ROOT, university, "university")], set()
    for course, title, school, name in session.execute(question):
        if school not in schools:
            schools.add(school)
            nodes.append(Node(f"s{school}", name, "school", ROOT))
        nodes.append(Node(f"c{course}", title, "course", f"s{school}"))
        nodes += [
            Node(_leaf(course, stage, stages), f"{title}, stage {stage}", "level", f"c{course}")
            for stage in stages[course]
        ]
    return Lattice.of(nodes)
