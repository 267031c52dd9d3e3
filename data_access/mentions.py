"""Texts about other students in which the one who asks for a copy is named: found for an officer, and not opened.

What others' records say of somebody is theirs too (UK GDPR art. 15), and cannot be handed out unread: it is looked at
by hand. Sealed notes are not searched, since nobody can.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from auth.viewer import Role, Viewer
from data_access import gate, packs
from data_access.access_log import pseudonym
from data_access.gate import Opened
from data_access.tables import (
    ActionStep,
    Enrolment,
    Meeting,
    MeetingStep,
    Note,
    NoteEntry,
    Person,
    PlanStep,
    SourceKey,
    SupportAction,
    SupportPlan,
)
from policy.days import london_day
from privacy.mention import Mention


def of(viewer: Viewer, student_id: str, at: datetime) -> tuple[Mention, ...]:
    """Each, the latest first. For an officer who answers a request of this student; that they looked is logged."""
    with gate.reading(viewer, student_id, packs.READ, at, only={Role.COMPLIANCE}) as opened:
        person = opened.students[0]
        terms = _terms(opened, person)
        found = [
            Mention(what, london_day(row.at), pseudonym(row.student), f"{row.given_name} {row.family_name}")
            for what, question in _texts(person, terms)
            for row in opened.session.execute(question)
        ]
    return tuple(sorted(found, key=lambda one: (one.on, one.what, one.about), reverse=True))


def _terms(opened: Opened, person: int) -> list[str]:
    """The whole name, and every number the student is known by."""
    name = select(Person.given_name, Person.family_name).where(Person.number == person)
    given, family = opened.session.execute(name).one()
    keys = opened.session.scalars(select(SourceKey.key).where(SourceKey.person == person))
    return [f"{given} {family}", *keys]


def _texts(person: int, terms: list[str]) -> Iterator[tuple[str, Select[datetime, int, str, str]]]:
    n, m, p, a = Note, Meeting, SupportPlan, SupportAction
    note, meeting, plan, step = NoteEntry, MeetingStep, PlanStep, ActionStep
    others = Enrolment.student != person

    def named(*texts: Any) -> ColumnElement[bool]:
        return or_(*(_says(text, term) for text in texts for term in terms))

    who = (Enrolment.student, Person.given_name, Person.family_name)
    yield (
        "A note",
        (
            select(note.at, *who)
            .join(n, n.id == note.note)
            .join(Enrolment, Enrolment.id == n.enrolment)
            .join(Person, Person.number == note.person)
            .where(others, named(note.text))
        ),
    )
    yield (
        "What was said of a meeting",
        (
            select(meeting.at, *who)
            .join(m, m.id == meeting.meeting)
            .join(Enrolment, Enrolment.id == m.enrolment)
            .join(Person, Person.number == meeting.person)
            .where(others, named(meeting.said))
        ),
    )
    yield (
        "A support plan",
        (
            select(plan.at, *who)
            .join(p, p.id == plan.plan)
            .join(Enrolment, Enrolment.id == p.enrolment)
            .join(Person, Person.number == plan.person)
            .where(others, named(p.aim, plan.said, plan.before))
        ),
    )
    yield (
        "An action of a plan",
        (
            select(step.at, *who)
            .join(a, a.id == step.action)
            .join(p, p.id == a.plan)
            .join(Enrolment, Enrolment.id == p.enrolment)
            .join(Person, Person.number == step.person)
            .where(others, named(a.text, step.said, step.before))
        ),
    )


def _says(text: Any, term: str) -> ColumnElement[bool]:
    """Whatever the letters' case; SQLite knows that of the plain alphabet alone, so as it is written too."""
    found: ColumnElement[bool] = text.contains(term, autoescape=True) | func.lower(text).contains(
        term.lower(), autoescape=True
    )
    return found
