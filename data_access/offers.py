"""Offered conversations as both sides read them: which times, in whose words, and what became of each."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.tables import ConversationOffer, Enrolment, OfferSlot, OfferStep, Person
from privacy.labels import Category
from privacy.purposes import Purpose
from support.offer import OPEN, Offer, Slot, Step

READ = Act(Action.READ, Category.SUPPORT, Purpose.OFFER)
_STUDENT, _TUTOR = aliased(Person), aliased(Person)


def of(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Offer, ...]:
    """Every offer to one student, the latest first; None is the viewer's own. Raises NotYoursToSee."""
    with gate.reading_one(viewer, student_id, READ, at) as opened:
        return _offers(opened, _all)


def waiting(viewer: Viewer, at: datetime) -> tuple[Offer, ...]:
    """The offers to anybody the viewer may see that wait for an answer, the latest first."""
    with gate.reading(viewer, None, READ, at) as opened:
        return _offers(opened, _open)


def _offers(opened: Opened, asked: Callable[[Opened], Statement]) -> tuple[Offer, ...]:
    theirs = {"enrolments": opened.enrolments}
    rows = run(opened, asked, theirs)
    if not rows:
        return ()
    slots, steps = _slots(opened, theirs), _steps(opened, theirs)
    return tuple(
        Offer(
            id=row.id,
            state=row.state,
            student_id=row.student_id,
            student=f"{row.student_given} {row.student_family}",
            tutor=f"{row.tutor_given} {row.tutor_family}",
            format=row.format,
            place=row.place,
            text=row.text,
            made_at=row.made_at,
            slots=tuple(slots.get(row.id, ())),
            steps=tuple(steps.get(row.id, ())),
            by_student=row.by_student,
        )
        for row in rows
    )


def _slots(opened: Opened, theirs: Mapping[str, Any]) -> Mapping[int, list[Slot]]:
    found = defaultdict(list)
    for row in run(opened, _times, theirs):
        found[row.offer].append(Slot(row.id, row.starts_at, row.minutes))
    return found


def _steps(opened: Opened, theirs: Mapping[str, Any]) -> Mapping[int, list[Step]]:
    found = defaultdict(list)
    for row in run(opened, _became, theirs):
        by = " ".join(part for part in (row.given_name, row.family_name) if part)
        found[row.offer].append(Step(row.state, row.at, by, row.said))
    return found


@once
def _all(opened: Opened) -> Statement:
    o = ConversationOffer
    names = opened.columns(
        _STUDENT.id, _STUDENT.given_name, _STUDENT.family_name, _TUTOR.given_name, _TUTOR.family_name
    )
    called = ("student_id", "student_given", "student_family", "tutor_given", "tutor_family")
    return (
        select(*opened.columns(o.id, o.state, o.format, o.place, o.text, o.made_at))
        .add_columns(*(name.label(label) for name, label in zip(names, called, strict=True)))
        .add_columns((o.made_by == Enrolment.student).label("by_student"))
        .select_from(o)
        .join(Enrolment, Enrolment.id == o.enrolment)
        .join(_STUDENT, _STUDENT.number == Enrolment.student)
        .join(_TUTOR, _TUTOR.number == o.tutor)
        .where(o.enrolment.in_(ENROLMENTS))
        .order_by(o.made_at.desc(), o.id.desc())
    )


@once
def _open(opened: Opened) -> Statement:
    return _all(opened).where(ConversationOffer.state.in_(OPEN))


@once
def _times(opened: Opened) -> Statement:
    s, o = OfferSlot, ConversationOffer
    return (
        select(*opened.columns(s.offer, s.id, s.starts_at, s.minutes))
        .join(o, o.id == s.offer)
        .where(o.enrolment.in_(ENROLMENTS), s.gone.is_(False))
        .order_by(s.starts_at, s.id)
    )


@once
def _became(opened: Opened) -> Statement:
    s, o = OfferStep, ConversationOffer
    return (
        select(*opened.columns(s.offer, s.state, s.at, s.said, Person.given_name, Person.family_name))
        .join(o, o.id == s.offer)
        .outerjoin(Person, Person.number == s.person)
        .where(o.enrolment.in_(ENROLMENTS))
        .order_by(s.at, s.id)
    )
