"""A census: who studied where on one day, in which groups, and what of the measures holds for them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import not_, select, true
from sqlalchemy.orm import Session

import policy
from data_access.restricted import restricted
from data_access.scope import active
from data_access.tables import (
    ConversationOffer,
    Course,
    Enrolment,
    EnrolmentWeek,
    Meeting,
    School,
    SuggestedTalk,
    SupportPlan,
)
from engagement.measure import Rating, rating
from policy.days import LONDON, monday, number
from privacy.lattice import Lattice, Node
from privacy.purposes import Purpose
from privacy.releases import Measure, Trait
from support.meeting import State as MeetingState

ROOT = "u"
_WELL = frozenset({Rating.HIGH, Rating.GOOD})
_LOW = frozenset({Rating.LOW, Rating.VERY_LOW})


@dataclass(frozen=True)
class Member:
    """One enrolment of the census: its leaf, whose it is, what it is in itself, and which measures hold for it."""

    leaf: str
    person: int
    traits: Mapping[Trait, str]
    measures: frozenset[Measure]


@dataclass(frozen=True)
class Census:
    """The tree of the courses, and everybody on them that day."""

    lattice: Lattice
    members: tuple[Member, ...]


def of(session: Session, university: str, since: date, on: date) -> Census:
    """The census of that day; what happened counts from the first day of the term, `since`, to its end.

    Whoever asked not to be counted is not in it.
    """
    studying = (
        select(Enrolment.id, Enrolment.student, Enrolment.mode, Course.id.label("course"), Course.level)
        .join(Course, Course.id == Enrolment.course)
        .where(active(), not_(restricted(Purpose.EQUALITY)))
        .order_by(Enrolment.id)
    )
    rows = session.execute(studying, {"today": on}).all()
    rated = _rated(session, on)
    held = _held(session, since, on)
    members = tuple(
        Member(
            leaf=_course(row.course),
            person=row.student,
            traits={
                Trait.MODE: row.mode.value,
                Trait.LEVEL: row.level.value,
                Trait.RATING: str(rated[row.id]),
            },
            measures=_of_rating(rated[row.id]) | held.get(row.id, frozenset()),
        )
        for row in rows
    )
    return Census(_lattice(session, university, {row.course for row in rows}), members)


def _course(course: int) -> str:
    return f"c{course}"


def _lattice(session: Session, university: str, courses: Collection[int]) -> Lattice:
    """The university, its schools and their courses, by name; only those on which somebody studies."""
    question = (
        select(Course.id, Course.title, Course.school, School.name)
        .join(School, School.id == Course.school)
        .where(Course.id.in_(courses))
        .order_by(School.name, School.id, Course.title, Course.id)
    )
    nodes, schools = [Node(ROOT, university, "university")], set()
    for course, title, school, name in session.execute(question):
        if school not in schools:
            schools.add(school)
            nodes.append(Node(f"s{school}", name, "school", ROOT))
        nodes.append(Node(_course(course), title, "course", f"s{school}"))
    return Lattice.of(nodes)


def _rated(session: Session, on: date) -> Mapping[int, Rating]:
    """The rating of each enrolment in the last whole week before the census."""
    week = number(monday(on) - timedelta(weeks=1))
    weeks = select(EnrolmentWeek.enrolment, EnrolmentWeek.score).where(EnrolmentWeek.week == week)
    bands = policy.current().engagement.bands
    found: dict[int, Rating] = defaultdict(lambda: rating(None, bands))
    for enrolment, score in session.execute(weeks):
        found[enrolment] = rating(score, bands)
    return found


def _of_rating(rated: Rating) -> frozenset[Measure]:
    if rated in _WELL:
        return frozenset({Measure.WELL})
    return frozenset({Measure.LOW}) if rated in _LOW else frozenset()


def _held(session: Session, since: date, on: date) -> Mapping[int, frozenset[Measure]]:
    """What was suggested, offered, held and agreed for each enrolment between the two days."""
    begins, ends = _midnight(since), _midnight(on + timedelta(days=1))
    held, meeting = Meeting.state == MeetingState.HELD, Meeting.starts_at
    asked = {
        Measure.SUGGESTED: (SuggestedTalk.enrolment, SuggestedTalk.raised_at, true()),
        Measure.OFFERED: (ConversationOffer.enrolment, ConversationOffer.made_at, true()),
        Measure.MET: (Meeting.enrolment, meeting, held),
        Measure.PLANNED: (SupportPlan.enrolment, SupportPlan.agreed_at, true()),
    }
    found: dict[int, set[Measure]] = defaultdict(set)
    for measure, (enrolment, happened, holds) in asked.items():
        question = select(enrolment).where(happened >= begins, happened < ends, holds).distinct()
        for one in session.scalars(question):
            found[one].add(measure)
    return {enrolment: frozenset(measures) for enrolment, measures in found.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
