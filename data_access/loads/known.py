"""The keys that are stored already: what a load may speak of without bringing it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate
from data_access.loads.taught import Taught, taught
from data_access.tables import (
    Assessment,
    Course,
    Enrolment,
    Level,
    Module,
    ModuleKey,
    SourceKey,
    TimetableEvent,
)
from privacy.labels import Category, Source
from privacy.purposes import Purpose

Begins = tuple[str, datetime]
"""A module, and when a class of it begins."""

_COMPARE = Act(Action.READ, Category.SOURCES, Purpose.IDENTIFY)


@dataclass(frozen=True)
class Known:
    """Keys by noun.

    `events` leads from a class to its module and the instant at which it begins, `classes` from these two to the
    one class that begins then, `whose` from an enrolment to its student; `research` are the enrolments of research
    students, `begins` the first day of each student's latest enrolment. `aliases` and `module_aliases` lead from
    another system's key to that of student records. `taught` fetches the classes of the days that it is given.
    """

    people: frozenset[str]
    courses: frozenset[str]
    enrolments: frozenset[str]
    modules: frozenset[str]
    assessments: frozenset[str]
    events: dict[str, Begins]
    classes: dict[Begins, str]
    whose: dict[str, str]
    research: frozenset[str]
    begins: dict[str, date]
    aliases: dict[str, str]
    module_aliases: dict[str, str]
    taught: Callable[[Collection[int]], Taught]


def known(viewer: Viewer, system: Source, at: datetime) -> Known:
    """What is known to this installation, with the keys that `system` has of its own."""
    with gate.reading(viewer, None, _COMPARE, at) as opened:
        session = opened.session
        people = _people(session, Source.STUDENT_RECORDS)
        events = _events(session)
        return Known(
            people=frozenset(people.values()),
            courses=_keys(session, Course.code),
            enrolments=_keys(session, Enrolment.key),
            modules=_keys(session, Module.code),
            assessments=_keys(session, Assessment.key),
            events=events,
            classes=_classes(events),
            whose=_whose(session),
            research=_research(session),
            begins=_begins(session),
            aliases=_aliases(session, system),
            module_aliases=_module_aliases(session, system),
            taught=lambda days: taught(viewer, people, days, at),
        )


def _keys(session: Session, column: InstrumentedAttribute[str]) -> frozenset[str]:
    return frozenset(session.scalars(select(column)))


def _people(session: Session, system: Source) -> dict[int, str]:
    rows = session.execute(select(SourceKey.person, SourceKey.key).where(SourceKey.system == system))
    return {row.person: row.key for row in rows}


def _events(session: Session) -> dict[str, Begins]:
    held = select(TimetableEvent.key, Module.code, TimetableEvent.starts_at)
    rows = session.execute(held.join(Module, Module.id == TimetableEvent.module))
    return {row.key: (row.code, row.starts_at) for row in rows}


def _classes(events: Mapping[str, Begins]) -> dict[Begins, str]:
    times = Counter(events.values())
    return {begins: key for key, begins in events.items() if times[begins] == 1}


def _whose(session: Session) -> dict[str, str]:
    in_records = (SourceKey.person == Enrolment.student) & (SourceKey.system == Source.STUDENT_RECORDS)
    rows = session.execute(select(Enrolment.key, SourceKey.key.label("student")).join(SourceKey, in_records))
    return {row.key: row.student for row in rows}


def _research(session: Session) -> frozenset[str]:
    of_research = select(Enrolment.key).join(Course, Course.id == Enrolment.course)
    return frozenset(session.scalars(of_research.where(Course.level == Level.RESEARCH)))


def _begins(session: Session) -> dict[str, date]:
    latest = (
        select(SourceKey.key, func.max(Enrolment.starts).label("first"))
        .join(Enrolment, Enrolment.student == SourceKey.person)
        .where(SourceKey.system == Source.STUDENT_RECORDS)
        .group_by(SourceKey.key)
    )
    return {row.key: row.first for row in session.execute(latest)}


def _aliases(session: Session, system: Source) -> dict[str, str]:
    own = select(SourceKey.key, SourceKey.person).where(SourceKey.system == system)
    in_records = _people(session, Source.STUDENT_RECORDS)
    return {row.key: in_records[row.person] for row in session.execute(own) if row.person in in_records}


def _module_aliases(session: Session, system: Source) -> dict[str, str]:
    rows = session.execute(
        select(ModuleKey.key, Module.code)
        .join(Module, Module.id == ModuleKey.module)
        .where(ModuleKey.system == system)
    )
    return {row.key: row.code for row in rows}
